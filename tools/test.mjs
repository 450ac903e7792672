/** `npm test`: type check, lint, unit, contract, literature and browser tests; ends with the runner's totals. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browser } from './browser.mjs'
import { local, root, run, setup } from './setup.mjs'

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
/** Unit tests that the branches of the mathematics are counted in; the rest runs faster without. */
const COUNTED = ['numerics', 'cell', 'simulation', 'worker']
const OTHERS = readdirSync(join(root, 'test')).filter((name) => !COUNTED.includes(name))
const inTest = (names) => names.map((name) => (name.endsWith('.ts') ? `test/${name}` : `test/${name}/`))
const folder = mkdtempSync(join(tmpdir(), 'twoscale-'))
const counted = tests('Tests, with their branches', [...inTest(COUNTED), '--project', 'unit', '--coverage'])
const others = tests('Tests', inTest(OTHERS))
rmSync(folder, { recursive: true, force: true })
const passed = counted.passed + others.passed
const failed = [
  ...counted.complaints.map((line) => `numerics, cell, simulation, worker: ${line}`),
  ...others.complaints.map((line) => `other tests: ${line}`),
]
for (const line of failed) console.error(`✗ ${line}`)
console.log(`tests: ${passed} passed, ${counted.failed + others.failed} failed`)
process.exit(failed.length > 0 || passed === 0 ? 1 : 0)

/** Runs vitest on these; complaints are what made it fail, which need not be a test. */
function tests(title, args) {
  console.log(`\n▶ ${title}`)
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const vitest = local('vitest', 'vitest.mjs')
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = run(process.execPath, [vitest, 'run', ...reports, ...args])
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, complaints: complaints(code, numFailedTests) }
  } catch {
    return { passed: 0, failed: 1, complaints: ['the test runner left no report'] }
  }
}

function complaints(code, failed) {
  if (code === 0) return []
  if (failed > 0) return [`${failed} tests failed`]
  return ['no test failed, but branches are not covered as vite.config.ts asks, or an error was not caught: see above']
}
