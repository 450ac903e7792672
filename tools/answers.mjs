/** `npm run answers [NAME …]`: writes the answers that `npm test` holds the built-in scenarios against. */
import { runScript, setup } from './setup.mjs'

setup()
process.exit(runScript('test/answers/write.ts'))
