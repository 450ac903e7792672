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
console.log(`tests: ${passed} passed, ${counted.failed + others.failed} failed`)
process.exit(counted.code || others.code || (passed > 0 ? 0 : 1))

function tests(title, args) {
  console.log(`\n▶ ${title}`)
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const vitest = local('vitest', 'vitest.mjs')
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = run(process.execPath, [vitest, 'run', ...reports, ...args])
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { code, passed: numPassedTests, failed: numFailedTests }
  } catch {
    console.error('The test runner left no report.')
    return { code, passed: 0, failed: 1 }
  }
}
