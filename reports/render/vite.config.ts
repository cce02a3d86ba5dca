import { defineConfig } from 'vite'

/** Bundles Vega for pictures: over the file that the compiler makes of `vega.ts`. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  publicDir: false,
  build: {
    outDir: new URL('../../dist/reports/render', import.meta.url).pathname,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'vega.ts', formats: ['es'], fileName: () => 'vega.js' },
  },
})
