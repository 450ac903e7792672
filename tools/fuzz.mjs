/** `npm run fuzz [-- SECONDS [SEED]]`: hostile inputs, and how they are answered. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('test/fuzz/print.ts'))
