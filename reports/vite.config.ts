import { defineConfig } from 'vite'

/** Bundles the script of the report into one classic file that `page-assets.ts` reads. */
export default defineConfig({
  root: new URL('page', import.meta.url).pathname,
  publicDir: false,
  build: {
    outDir: new URL('../dist/reports/page', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: 'main.ts', formats: ['iife'], name: 'report', fileName: () => 'report.js' },
  },
})
