import { chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const folder = fileURLToPath(new URL('../dist/command/', import.meta.url))

/**
 * Bundles the command and its threads with the packages they use: a start reads a few files instead of hundreds.
 * Packages stay outside that load files of their own at run time.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  // npm makes the command executable when it links it, which it does once; each build writes a new file.
  plugins: [{ name: 'executable', writeBundle: () => chmodSync(`${folder}main.js`, 0o755) }],
  ssr: { noExternal: true, external: ['@resvg/resvg-js', 'bullmq', 'ioredis', 'piscina'] },
  build: {
    ssr: true,
    outDir: folder,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: {
        main: 'cli/main.ts',
        worker: 'execute/worker.ts',
        'queue-thread': 'execute/queue/thread.ts',
        'retrace-thread': 'cli/retrace-thread.ts',
      },
      // V8 takes a constant of a module for what it is, a `var` not: an engine bundled with these runs a sixth slower.
      output: { topLevelVar: false, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
