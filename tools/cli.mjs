/** `npm run --silent cli -- …`: the command line; everything but its results goes to stderr. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('src/cli.ts', { cwd: process.env.INIT_CWD ?? process.cwd() }))
