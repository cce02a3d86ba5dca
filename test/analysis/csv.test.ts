import { describe, expect, it } from 'vitest'
import { readTable, tableReader } from '../../sim/analysis/csv.ts'

const read = (text: string, request: Parameters<typeof readTable>[2] = { outcome: 'y' }) =>
  readTable('t.csv', text, request)
const plain = (text: string, request?: Parameters<typeof readTable>[2]) => {
  const { inputs, outcome } = read(text, request)
  return { ...Object.fromEntries(inputs.map(({ name, values }) => [name, [...values]])), y: [...outcome.values] }
}

describe('a CSV table', () => {
  it('is read with quotes, a byte-order mark, carriage returns, empty lines and no last line end', () => {
    expect(plain('\ufeff"a","b, c",y\r\n1,"2",3\r\n\r\n" 4 ",5e0,-6')).toEqual({
      a: [1, 4],
      'b, c': [2, 5],
      y: [3, -6],
    })
  })

  it('is read with semicolons or tabs, and with true and false as 1 and 0', () => {
    expect(plain('a;y\n1;True\n2;false\n')).toEqual({ a: [1, 2], y: [1, 0] })
    expect(plain('a\ty\n1\t2\n')).toEqual({ a: [1], y: [2] })
  })

  it('holds the inputs asked for, in that order, and ignores texts in other columns', () => {
    expect(plain('id,a,b,y\nr1,1,2,3\n', { inputs: ['b', 'a'], outcome: 'y' })).toEqual({ b: [2], a: [1], y: [3] })
  })

  it('keeps the texts of categorical inputs', () => {
    const { inputs } = read('who,y\nus,1\nthem,2\nus,3\n', { outcome: 'y', categorical: ['who'] })
    expect(inputs[0]!.categories).toEqual(['them', 'us'])
    expect([...inputs[0]!.values]).toEqual([1, 0, 1])
  })

  it.each([
    ['a,y\n1,2\n,4\n5,x\n', 'row 2 (line 3), column a: expected a number, got an empty cell'],
    ['a,y\n1,2\n,4\n5,x\n', 'row 3 (line 4), column y: expected a number, got "x"'],
    ['a,y\n1,NaN\n', 'got "NaN"'],
    ['a,y\n1,Infinity\n', 'got "Infinity"'],
    ['a,y\n1,2\n3\n', 'row 2 (line 3): expected 2 cells as in the header, got 1'],
    ['a,a,y\n1,2,3\n', 'expected each column once, got "a" again'],
    [`${Array.from({ length: 500_000 }, (_, n) => `c${n}`).join()}\n`, 'expected at most 10000 columns, got 500000'],
    ['a,z\n1,2\n', 'expected a column "y"'],
    ['', 'got an empty file'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it('is the same in pieces of any size', () => {
    const text = '\ufeffa,"b ""c"", d",y\r\n1,"2",3\n"4","5\n",6\n\n7,8,"9"'
    const whole = read(text, { outcome: 'y', categorical: ['b "c", d'] })
    expect(whole.inputs[1]!.categories).toEqual(['2', '5', '8'])
    for (let size = 1; size <= text.length; size++) {
      const reader = tableReader('t.csv', { outcome: 'y', categorical: ['b "c", d'] })
      for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
      expect(reader.end()).toEqual(whole)
    }
  })

  it('with a quote that is not closed is refused, also before the end of a long file', () => {
    expect(() => read('a,y\n"1,2\n3,4\n')).toThrow('line 2: expected the quote to be closed')
    const reader = tableReader('t.csv', { outcome: 'y' })
    const piece = '1,2\n'.repeat(100_000)
    expect(() => {
      reader.push('a,y\n"')
      for (let n = 0; n < 100; n++) reader.push(piece)
    }).toThrow('close its quotes')
  })

  it('names the likely column for one that is not there', () => {
    expect(() => read('price,y\n1,2\n', { inputs: ['pricee'], outcome: 'y' })).toThrow('did you mean `price`?')
  })

  it('says how many more cells are wrong', () => {
    const rows = Array.from({ length: 30 }, () => ',1').join('\n')
    expect(() => read(`a,y\n${rows}\n`)).toThrow('and 20 more')
  })
})
