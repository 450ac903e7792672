import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { materials } from './tools/site/materials.ts'
import { contentPolicy } from './tools/site/policy.ts'
import { precache } from './tools/site/precache.ts'

export default defineConfig({
  // Relative addresses, so that the built site works from any sub-path.
  base: './',
  plugins: [react(), contentPolicy(), materials(), precache()],
  worker: {
    format: 'es',
    // What a worker needs at once is one file as well.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'solver', tags: ['$initial'] }] } } },
  },
  build: {
    target: 'es2023',
    // Fonts and pictures are files of their own: the policy allows no fonts from data.
    assetsInlineLimit: 0,
    // What every visit needs is one file: sixty small ones cost a slow line more than their bytes.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
      // What the library of PDF would load to draw HTML, which nothing here asks of it.
      external: ['canvg', 'dompurify', 'html2canvas'],
    },
    // What is built in, with the words that its licences ask to be kept.
    license: { fileName: 'licences.txt' },
    // Plotly is one indivisible file of 1.5 MB; it loads when a figure is asked for.
    chunkSizeWarningLimit: 1600,
  },
  test: {
    // As many workers as processors: solvers are all that these tests wait for.
    maxWorkers: '100%',
    // Of the mathematics only, by its own tests: `npm test` and `npm run branches` ask for it.
    coverage: {
      provider: 'v8',
      include: ['src/{numerics,cell,simulation}/**'],
      // coverage/index.html shows the branches that are left.
      reporter: ['text-summary', 'html'],
      thresholds: { branches: 96 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          sequence: { groupOrder: 0 },
          // Solvers on a busy machine: no test is about its own duration.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          fileParallelism: false,
          // After the solvers: a browser under test has the machine to itself.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
