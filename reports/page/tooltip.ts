/** The one tooltip of the page: names and values of a mark as text. The same values are in the table of the chart. */
const box = document.createElement('div')
box.className = 'tooltip'
box.hidden = true

export function showTooltip(_: unknown, event: MouseEvent, __: unknown, value: unknown): void {
  if (value === null || value === undefined || typeof value !== 'object') {
    box.hidden = true
    return
  }
  if (!box.isConnected) document.body.append(box)
  box.replaceChildren(
    ...Object.entries(value as Record<string, unknown>).map(([name, text]) => {
      const line = document.createElement('div')
      const strong = document.createElement('b')
      strong.textContent = name
      line.append(strong, ` ${String(text)}`)
      return line
    }),
  )
  box.hidden = false
  const { clientX, clientY } = event
  const room = document.documentElement.clientWidth
  box.style.left = `${Math.max(4, Math.min(clientX + 14, room - box.offsetWidth - 4))}px`
  const below = clientY + 16
  const fits = below + box.offsetHeight < document.documentElement.clientHeight
  box.style.top = `${fits ? below : Math.max(4, clientY - box.offsetHeight - 10)}px`
}
