/** `npm run robustness [-- POINTS [SECONDS]]`: what becomes of random legal scenarios. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('test/robustness/print.ts'))
