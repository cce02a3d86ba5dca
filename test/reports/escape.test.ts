import { describe, expect, test } from 'vitest'
import { embeddedJson, html, Markup, plain } from '../../reports/escape.ts'

describe('text from a scenario', () => {
  test('loses control characters and marks that hide or reorder, and nothing else', () => {
    expect(plain('a\u0000\u001b[31m\u202e\u2066\u200b\ufeffb')).toBe('a[31mb')
    expect(plain(' one\r\n\t two\u2028three ')).toBe('one twothree')
    expect(plain('Türkiye Қазақстан 中国 41\u00a0% 😀')).toBe('Türkiye Қазақстан 中国 41\u00a0% 😀')
    expect(plain('\ud800x\udc00')).toBe('\ufffdx\ufffd')
    expect(plain('a\ufffe\uffff\u{1fffe}\ufdd0b')).toBe('ab')
  })

  test('is escaped in a template, and markup from a template is not', () => {
    const part = html`<i>${'<b>&"\''}</i>`
    expect(html`<p title="${'"onload="'}">${[part, 1, undefined]}</p>`.text).toBe(
      '<p title="&quot;onload=&quot;"><i>&lt;b&gt;&amp;&quot;&#39;</i>1</p>',
    )
    expect(part).toBeInstanceOf(Markup)
  })

  test('keeps per cent signs with their number', () => {
    expect(html`${'90 % of runs'}`.text).toBe('90\u00a0% of runs')
  })

  test('cannot leave the script element its JSON stands in', () => {
    const value = { '</script>': '<!-- & \u2028\u2029' }
    expect(embeddedJson(value)).not.toMatch(/[<>&\u2028\u2029]/)
    expect(JSON.parse(embeddedJson(value))).toEqual(value)
  })
})
