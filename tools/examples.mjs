/** `npm run examples [ADDRESS]`: the numbered examples with their published numbers and their links into the page. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('examples/print.ts'))
