import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { type Atlas, mapShapes } from './page/map-shapes.ts'

const atlas = JSON.parse(
  readFileSync(new URL('../node_modules/world-atlas/countries-110m.json', import.meta.url), 'utf8'),
) as Atlas

/** Bundles the script of the report into one classic file and cuts the map; `page-assets.ts` reads both. */
export default defineConfig({
  root: new URL('page', import.meta.url).pathname,
  publicDir: false,
  plugins: [
    {
      name: 'map',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'map.json', source: JSON.stringify(mapShapes(atlas)) })
      },
    },
  ],
  build: {
    outDir: new URL('../dist/reports/page', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: 'main.ts', formats: ['iife'], name: 'report', fileName: () => 'report.js' },
  },
})
