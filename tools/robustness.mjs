/** `npm run robustness [-- POINTS [SECONDS]]`: what becomes of random legal scenarios. */
import { pathToFileURL } from 'node:url'
import { local, run, setup } from './setup.mjs'

setup()
const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
process.exit(run(process.execPath, ['--import', tsx, 'test/robustness/print.ts', ...process.argv.slice(2)]))
