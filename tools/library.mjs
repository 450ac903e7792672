/**
 * `npm run build:library [FOLDER]`: the library as one ES module with its types, by default in dist-library.
 * Prints its size; fails above the limit, or where the code asks for anything that a page has and a worker has not.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { local, root, run, setup } from './setup.mjs'

/** Largest size of the library, gzipped, bytes. */
const LIMIT = 235_000

setup()
const outDir = resolve(process.argv[2] ?? join(root, 'dist-library'))
const { build } = await import('vite')
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'error',
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2023',
    lib: { entry: join(root, 'src', 'index.ts'), formats: ['es'], fileName: () => 'twoscale.js' },
    // Without white space, which such libraries keep by default.
    rolldownOptions: { output: { minify: true } },
  },
})
// Without the types of a page: what the library uses, every worker and Node have.
const types = ['--target es2023 --lib es2023 --module esnext --moduleResolution bundler --strict --skipLibCheck']
  .concat('--verbatimModuleSyntax --allowImportingTsExtensions --resolveJsonModule --types node')
  .concat('--declaration --emitDeclarationOnly --ignoreConfig')
  .join(' ')
  .split(' ')
const code = run(process.execPath, [
  local('typescript', 'bin', 'tsc'),
  ...types,
  '--rootDir',
  join(root, 'src'),
  '--outDir',
  join(outDir, 'types'),
  join(root, 'src', 'index.ts'),
])
if (code !== 0) process.exit(code)
const size = gzipSync(readFileSync(join(outDir, 'twoscale.js'))).length
console.log(`twoscale.js: ${(size / 1000).toFixed(1)} kB gzip`)
if (size > LIMIT) {
  console.error(`The library is larger than ${LIMIT / 1000} kB: see what it imports beyond the models.`)
  process.exit(1)
}
