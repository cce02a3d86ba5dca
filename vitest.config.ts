import { defineConfig } from 'vitest/config'

/** Tests that start no process, browser, thread or server, and leave nothing changed for the file that comes after. */
const pure = [
  'test/{analysis,core,design,lesson,model,reports,scenario}/**/*.test.ts',
  'test/explain/!(browser|command).test.ts',
  'test/gallery/!(formats).test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // For two processors: while one waits for what it has started, two compute.
    maxWorkers: 3,
    projects: [
      // Isolated ones come first, so that none of the long ones is left alone at the end.
      { extends: true, test: { name: 'machine', include: ['test/**/*.test.ts'], exclude: pure } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
})
