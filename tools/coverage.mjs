/** `npm run coverage [-- CELLS]`: how often the stated errors of cells cover the truth. */
import { pathToFileURL } from 'node:url'
import { local, run, setup } from './setup.mjs'

setup()
const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
process.exit(run(process.execPath, ['--import', tsx, 'test/errors/print.ts', ...process.argv.slice(2)]))
