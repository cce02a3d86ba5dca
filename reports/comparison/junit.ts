import type { ComparisonResult, JudgedExpectation } from '../../sim/analysis/comparison-result.ts'
import { plain } from '../escape.ts'
import { count } from '../words.ts'
import { expectationWords, foundWords, roundedUp, verdictSentence } from './comparison-words.ts'

/**
 * Judged expectations as JUnit XML, which most build servers read: a suite for each batch, a case for each expectation;
 * what is not met is a failure, what is inconclusive is skipped with the number of runs that would decide.
 */
export function junitXml(results: readonly ComparisonResult[]): string {
  const all = results.flatMap(({ expectations }) => expectations)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="multivector" ${countsOf(all)}>
${results.map(suite).join('\n')}
</testsuites>
`
}

function suite(result: ComparisonResult): string {
  const { b, expectations, people } = result
  const cases = expectations.map(each => testCase(each, b.id, people))
  return `<testsuite name="${xml(b.path)}" ${countsOf(expectations)}>
${[...cases, `<system-out>${xml(verdictSentence(result))}</system-out>`].join('\n')}
</testsuite>`
}

function countsOf(expectations: readonly JudgedExpectation[]): string {
  const many = (verdict: JudgedExpectation['verdict']) => expectations.filter(each => each.verdict === verdict).length
  return `tests="${expectations.length}" failures="${many('not met')}" skipped="${many('inconclusive')}" errors="0"`
}

function testCase(each: JudgedExpectation, id: string, people: ComparisonResult['people']): string {
  const place = each.at ? ` file="${xml(each.at.file)}" line="${each.at.line}"` : ''
  const open = `<testcase classname="${xml(id)}" name="${xml(each.name)}"${place}`
  if (each.verdict === 'met') return `${open}/>`
  const said = `expected ${expectationWords(each, people)}, found ${foundWords(each)}`
  if (each.verdict === 'not met')
    return `${open}><failure message="${xml(said)}">${xml(each.expectation.why ?? said)}</failure></testcase>`
  const more = each.runsNeeded === null ? '' : `; about ${count(roundedUp(each.runsNeeded))} runs would decide`
  return `${open}><skipped message="${xml(`inconclusive: ${said}${more}`)}"/></testcase>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for an attribute or element, without the characters that XML 1.0 does not have. */
function xml(text: string): string {
  return plain(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, character => entities[character]!)
}
