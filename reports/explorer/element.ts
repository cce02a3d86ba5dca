import { plain } from '../escape.ts'

type Child = Node | string | number | undefined | readonly Child[]
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : plain(String(value)))
  }
  append(element, children)
  return element
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue
    if (typeof child === 'object' && !(child instanceof Node)) append(element, child)
    else element.append(child instanceof Node ? child : plainInline(String(child)))
  }
}

/** Text without marks that nobody sees; spaces at its ends are kept, since texts stand beside each other. */
function plainInline(text: string): string {
  const [, before, after] = /^(\s?)[\s\S]*?(\s?)$/.exec(text)!
  return text.trim() === '' ? text : (before === '' ? '' : ' ') + plain(text) + (after === '' ? '' : ' ')
}

/** Text over several lines, spaces and all, without marks that nobody sees. */
export function verbatim(text: string): string {
  return text.replace(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/gu, '')
}

/** An element of the page. Texts become text nodes, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children)
}

/** An element of a picture. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

/** A button with a text. */
export function button(
  label: string,
  onClick: (event: MouseEvent) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label)
  made.addEventListener('click', onClick)
  return made
}
