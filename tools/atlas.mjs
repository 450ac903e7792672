/** `npm run atlas [-- NAME …]`: computes the atlases of src/atlases from their scenarios. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('tools/atlas/print.ts'))
