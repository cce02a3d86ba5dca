import { resolveColours } from '../../theme.ts'
import { saveFile } from './save-file.ts'

const gap = 24
const margin = 16

/** Pictures of a figure as one file, on light paper: SVG, or PNG with three times the dots. */
export async function savePicture(
  pictures: readonly SVGSVGElement[],
  name: string,
  form: 'svg' | 'png',
): Promise<void> {
  if (pictures.length === 0) return
  const { text, width, height } = onOneSheet(pictures)
  if (form === 'svg') {
    saveFile(`${name}.svg`, text, 'image/svg+xml')
    return
  }
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  const scale = 3
  canvas.width = width * scale
  canvas.height = height * scale
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error('This browser cannot make a PNG of that size; save the SVG.')
  saveFile(`${name}.png`, blob, 'image/png')
}

/** Pictures below each other, with colours in place of the names of colours. */
function onOneSheet(pictures: readonly SVGSVGElement[]): { text: string; width: number; height: number } {
  const width = Math.max(...pictures.map(({ viewBox }) => viewBox.baseVal.width)) + 2 * margin
  let y = margin
  const parts = pictures.map(one => {
    const copy = one.cloneNode(true) as SVGSVGElement
    const { width: own, height } = one.viewBox.baseVal
    copy.setAttribute('x', String(margin))
    copy.setAttribute('y', String(y))
    copy.setAttribute('width', String(own))
    copy.setAttribute('height', String(height))
    y += height + gap
    return new XMLSerializer().serializeToString(copy)
  })
  const height = y - gap + margin
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>`
  return { text: resolveColours(text), width, height }
}
