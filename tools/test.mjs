/** `npm test`: type check, lint, unit, contract, literature and browser tests; ends with the runner's totals. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browser } from './browser.mjs'
import { local, run, setup } from './setup.mjs'

setup()
process.env.CHROME_PATH = browser()
const step = (title, script, args) => {
  console.log(`\n▶ ${title}`)
  const code = run(process.execPath, [script, ...args])
  if (code !== 0) {
    console.error(`✗ ${title} failed`)
    process.exit(code)
  }
}
step('Type check', local('typescript', 'bin', 'tsc'), ['-p', 'tsconfig.json'])
step('Lint', local('@biomejs', 'biome', 'bin', 'biome'), ['check', '.'])
const folder = mkdtempSync(join(tmpdir(), 'twoscale-'))
const report = join(folder, 'report.json')
console.log('\n▶ Tests')
const code = run(process.execPath, [
  local('vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
])
let totals = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 }
try {
  totals = JSON.parse(readFileSync(report, 'utf8'))
} catch {
  console.error('The test runner left no report.')
}
rmSync(folder, { recursive: true, force: true })
console.log(`tests: ${totals.numPassedTests} passed, ${totals.numFailedTests} failed`)
process.exit(code || (totals.numPassedTests > 0 ? 0 : 1))
