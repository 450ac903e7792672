/** `npm run bench`: accuracy and speed of cells, models, comparisons and the page, and how soon solvers answer, each against a reference or its target. */
import { pathToFileURL } from 'node:url'
import { browser } from './browser.mjs'
import { local, run, setup } from './setup.mjs'

setup()
process.env.CHROME_PATH = browser()
const tsx = pathToFileURL(local('tsx', 'dist', 'loader.mjs')).href
let worst = 0
for (const [title, file] of [
  ['Reference cells', 'cell'],
  ['Tissues', 'tissue'],
  ['The judge', 'judge'],
  ['Porous media', 'porous'],
  ['Cathodes', 'cathode'],
  ['Pieces', 'pieces'],
  ['The page', 'page'],
]) {
  console.log(`\n▶ ${title}\n`)
  worst = Math.max(worst, run(process.execPath, ['--import', tsx, `test/bench/${file}.bench.ts`]))
}
process.exit(worst)
