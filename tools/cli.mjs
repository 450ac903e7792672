/** `npm run --silent cli -- …`: the command line; everything but its results goes to stderr. */
import { pathToFileURL } from 'node:url'
import { local, root, run, setup } from './setup.mjs'

setup()
const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
const cwd = process.env.INIT_CWD ?? process.cwd()
process.exit(run(process.execPath, ['--import', tsx, `${root}/src/cli.ts`, ...process.argv.slice(2)], { cwd }))
