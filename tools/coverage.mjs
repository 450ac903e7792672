/** `npm run coverage [-- CELLS]`: how often the stated errors of cells cover the truth. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('test/errors/print.ts'))
