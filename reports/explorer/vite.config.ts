import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import type { MapShape } from '../charts/map-shape.ts'
import { licencesInScript } from '../licences-plugin.ts'
import { hashOf, inert } from '../page-assets.ts'
import { explorerPage } from './explorer-page.ts'
import { lessonStyle } from './lesson/lesson-style.ts'
import { explorerStyle } from './style.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const mebibyte = 1 << 20

/** The page may be copied to a stick and opened on an old laptop. */
const mostBytes = 1.5 * mebibyte

/** Texts of the YAML files of a folder, by path. */
function textsOf(folder: string): Record<string, string> {
  const place = new URL(`../../${folder}/`, import.meta.url)
  if (!existsSync(place)) return {}
  const names = readdirSync(place).filter(name => name.endsWith('.yaml'))
  return Object.fromEntries(names.sort().map(name => [`${folder}/${name}`, readFileSync(new URL(name, place), 'utf8')]))
}

/** Puts script, style and data into one file, and says how large it is. */
const onePage: Plugin = {
  name: 'one-page',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter(part => part.type === 'chunk')
      if (chunks.length !== 1) throw new Error(`explorer: expected one script, got ${chunks.length}`)
      const script = inert(chunks[0]!.code)
      for (const name of Object.keys(bundle)) delete bundle[name]
      const style = explorerStyle + lessonStyle
      const source = explorerPage(
        { script, scriptHash: hashOf(script), style, styleHash: hashOf(style) },
        {
          engine: version,
          scenarios: textsOf('scenarios'),
          lessons: textsOf('scenarios/lessons'),
          start: 'scenarios/cis-plus-2030.yaml',
          map: JSON.parse(
            readFileSync(new URL('../../dist/reports/page/map.json', import.meta.url), 'utf8'),
          ) as MapShape[],
        },
      )
      const size = Buffer.byteLength(source)
      if (size > mostBytes) throw new Error(`explorer: expected at most ${mostBytes} bytes, got ${size}`)
      process.stdout.write(
        `explorer.html ${(size / mebibyte).toFixed(2)} MiB, its script ${(script.length / mebibyte).toFixed(2)} MiB\n`,
      )
      this.emitFile({ type: 'asset', fileName: 'explorer.html', source })
    },
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  plugins: [licencesInScript, onePage],
  build: {
    outDir: fileURLToPath(new URL('../../dist/reports/explorer', import.meta.url)),
    // The compiled modules that write the page lie there as well.
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'main.ts', formats: ['iife'], name: 'explorer', fileName: () => 'explorer.js' },
  },
})
