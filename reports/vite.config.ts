import { cpSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { licencesInScript } from './licences-plugin.ts'
import { type Atlas, mapShapes } from './page/map-shapes.ts'

const atlas = JSON.parse(
  readFileSync(new URL('../node_modules/world-atlas/countries-110m.json', import.meta.url), 'utf8'),
) as Atlas

const fonts = new URL('../node_modules/@expo-google-fonts/source-sans-3/', import.meta.url)

/** Bundles the script of the report into one classic file, cuts the map, and copies the font of pictures with its licence. */
export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  publicDir: false,
  plugins: [
    licencesInScript,
    {
      name: 'map',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'map.json', source: JSON.stringify(mapShapes(atlas)) })
      },
    },
    {
      name: 'fonts',
      writeBundle() {
        for (const file of [
          '400Regular/SourceSans3_400Regular.ttf',
          '600SemiBold/SourceSans3_600SemiBold.ttf',
          '700Bold/SourceSans3_700Bold.ttf',
          'LICENSE_FONT',
        ]) {
          cpSync(new URL(file, fonts), new URL(`../dist/reports/fonts/${file.split('/').at(-1)}`, import.meta.url))
        }
      },
    },
  ],
  build: {
    outDir: fileURLToPath(new URL('../dist/reports/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: 'main.ts', formats: ['iife'], name: 'report', fileName: () => 'report.js' },
  },
})
