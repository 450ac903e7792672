/**
 * `npm run chaos [-- STEPS SEEDS [SEED]]`, 5 steps of 1000 seeds: random schedules of tabs, edits, kills, reloads, updates and a full storage, and
 * workers that are killed or hung a hundred times; what was done, and that nothing was lost.
 */
import { browser } from './browser.mjs'
import { local, run, runScript, setup } from './setup.mjs'

setup()
const solvers = runScript('test/worker/print.ts')
process.env.CHROME_PATH = browser()
const [steps = '5', seeds = '1000', ...seed] = process.argv.slice(2)
process.env.CHAOS = [steps, seeds, ...seed].join(',')
const vitest = local('vitest', 'vitest.mjs')
// Beside each other they are slow, but seldom wait for nothing.
const beside = ['--maxConcurrency=6']
process.exit(run(process.execPath, [vitest, 'run', '--project', 'e2e', ...beside, 'test/e2e/chaos.test.ts']) || solvers)
