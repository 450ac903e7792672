/** `npm run examples [ADDRESS]`: the numbered examples with their published numbers and their links into the page. */
import { pathToFileURL } from 'node:url'
import { local, root, run, setup } from './setup.mjs'

setup()
const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
process.exit(run(process.execPath, ['--import', tsx, `${root}/examples/print.ts`, ...process.argv.slice(2)]))
