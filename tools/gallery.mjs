/** `npm run gallery [-- NAME …]`: draws the gallery's pictures of results from the scenarios, into public/gallery. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('tools/gallery/print.ts'))
