/** `npm run answers [NAME …]`: writes the answers that `npm test` holds the built-in scenarios against. */
import { pathToFileURL } from 'node:url'
import { local, run, setup } from './setup.mjs'

setup()
const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
process.exit(run(process.execPath, ['--import', tsx, 'test/answers/write.ts', ...process.argv.slice(2)]))
