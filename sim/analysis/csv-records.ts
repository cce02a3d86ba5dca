import { exitCode, UserError } from '../core/errors.ts'

/** Characters of a record; a quote that is not closed would make the rest of the file one. */
const longest = 4_194_304

/** Takes a CSV text piece by piece and hands on each record. */
export interface RecordReader {
  push(text: string): void
  /** The last record may end without a line end. */
  end(): void
}

/**
 * The records of a CSV text. Cells are separated by commas, semicolons or tabs, whichever the header has most of, and may
 * stand in double quotes. Empty lines, and lines with # before the header, are left out. Holds one record at a time beside
 * the piece it is given. Cost O(characters).
 *
 * @param take - called with the cells of each record and the line it begins on, the header first
 * @throws UserError for a quote that is not closed
 * @see RFC 4180
 */
export function recordReader(file: string, take: (cells: string[], line: number) => void): RecordReader {
  let held = ''
  let line = 1
  let separator: string | undefined
  let begun = false

  const read = (text: string, final: boolean): string => {
    let at = 0
    while (at < text.length) {
      const end = text.indexOf('\n', at)
      if (end === -1 && !final) break
      const stop = end === -1 ? text.length : end
      const plain = text.charCodeAt(stop - 1) === 13 && stop > at ? text.slice(at, stop - 1) : text.slice(at, stop)
      if (plain === '' || (separator === undefined && plain.startsWith('#'))) {
        at = stop + 1
        line++
        continue
      }
      separator ??= separatorOf(plain)
      if (!plain.includes('"')) {
        take(plain.split(separator), line)
        at = stop + 1
        line++
        continue
      }
      const record = quotedRecord(text, at, separator, final)
      if (!record) break
      if (record.open)
        throw new UserError(
          exitCode.badData,
          `${file}: line ${line}: expected the quote to be closed, got the end of the file`,
        )
      take(record.cells, line)
      for (let n = at; n < record.next; n++) if (text.charCodeAt(n) === 10) line++
      at = record.next
    }
    return text.slice(at)
  }

  return {
    push(text) {
      held = read(held + (begun ? text : text.replace(/^\ufeff/, '')), false)
      begun = true
      if (held.length <= longest) return
      throw new UserError(
        exitCode.badData,
        `${file}: line ${line}: expected a record of at most ${longest} characters; close its quotes, or end its lines`,
      )
    },
    end() {
      held = read(held, true)
    },
  }
}

function separatorOf(header: string): string {
  const counted = [',', ';', '\t'].map(mark => ({ mark, count: header.split(mark).length }))
  return counted.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).mark
}

/** A record that has quotes, from `at`; quoted cells may contain separators and line ends. Undefined while it goes on. */
function quotedRecord(
  text: string,
  at: number,
  separator: string,
  final: boolean,
): { cells: string[]; next: number; open: boolean } | undefined {
  const cells: string[] = []
  let cell = ''
  let inside = false
  for (let n = at; n < text.length; n++) {
    const mark = text[n]!
    if (inside) {
      if (mark !== '"') cell += mark
      else if (text[n + 1] === '"') cell += text[++n]!
      // What follows the last quote of a piece decides what it means.
      else if (n + 1 === text.length && !final) return undefined
      else inside = false
    } else if (mark === '"') inside = true
    else if (mark === separator) {
      cells.push(cell)
      cell = ''
    } else if (mark === '\n') {
      cells.push(cell)
      return { cells, next: n + 1, open: false }
    } else if (mark !== '\r') cell += mark
  }
  if (!final) return undefined
  cells.push(cell)
  return { cells, next: text.length, open: inside }
}
