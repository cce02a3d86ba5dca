import { crc32 } from 'node:zlib'
import { Resvg } from '@resvg/resvg-js'
import { covers, fontFiles, pictureFont } from './font.ts'
import { type PictureSize, printMillimetres } from './picture.ts'

/** Dots of a printed picture per inch. */
const printDots = 300

/**
 * An SVG picture as PNG: 300 dots an inch for print, 1920 by 1080 for a slide. Texts are set in the bundled font; the
 * system's fonts are looked at only for characters it does not have, such as Chinese ones.
 */
export function pictureInPng(svg: string, size: PictureSize): Buffer {
  const width = size === 'slide' ? 1920 : Math.round((printMillimetres / 25.4) * printDots)
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontFiles: [...fontFiles], loadSystemFonts: !covers(svg), defaultFontFamily: pictureFont },
  }).render()
  const png = drawn.asPng()
  return size === 'print' ? withDots(png, printDots) : png
}

/** The file with its resolution, so that programs place it at its size. @see https://www.w3.org/TR/png-3/#11pHYs */
function withDots(png: Buffer, perInch: number): Buffer {
  const perMetre = Math.round(perInch / 0.0254)
  const chunk = Buffer.alloc(21)
  chunk.writeUInt32BE(9, 0)
  chunk.write('pHYs', 4, 'latin1')
  chunk.writeUInt32BE(perMetre, 8)
  chunk.writeUInt32BE(perMetre, 12)
  chunk.writeUInt8(1, 16)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17)
  // After the signature and the header, which are 8 and 25 bytes.
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
}
