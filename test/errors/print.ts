/** `npm run coverage [-- CELLS]`: random cells of every kind, coverage of their stated errors, and over-estimates. */
import { covered, type Judgement, judgements, median, overstated, solved } from './measure.ts'
import { kindsOf, population } from './population.ts'

const cells = Number(process.argv[2] ?? 30)
const RESOLUTIONS = { 2: [32, 64, 128], 3: [16, 32, 48] } as const
const TRUTH = { 2: 512, 3: 96 } as const

const row = (...columns: (string | number)[]) => console.log(columns.map((c) => String(c).padEnd(14)).join(''))
const all: Judgement[] = []
for (const dimension of [2, 3] as const) {
  console.log(`\n${dimension}D, truth at ${TRUTH[dimension]} nodes per axis, ${cells} cells a kind\n`)
  row('kind', 'n', 'tensors', 'covered', 'over ×', 'fractions', 'over ×', 'areas', 'over ×')
  for (const kind of kindsOf(dimension)) {
    const found: Judgement[] = []
    for (const cell of population(
      dimension,
      kind,
      dimension === 2 ? cells : Math.ceil(cells / 3),
      100 * dimension + kindsOf(dimension).indexOf(kind),
    )) {
      const [truth, ...own] = solved(cell, [TRUTH[dimension], ...RESOLUTIONS[dimension]])
      if (truth) for (const result of own) if (result) found.push(...judgements(cell, result, truth))
    }
    all.push(...found)
    for (const n of RESOLUTIONS[dimension]) {
      const at = found.filter((j) => j.cell.resolution === n)
      const [tensors, fractions, areas] = (['tensor', 'fraction', 'area'] as const).map((what) =>
        at.filter((j) => j.what === what),
      )
      const share = (list: Judgement[]) => `${list.filter(covered).length}/${list.length}`
      const over = (list: Judgement[]) => median(list.map(overstated))?.toPrecision(2)
      row(
        kind,
        n,
        share(tensors),
        ((100 * tensors.filter(covered).length) / tensors.length).toFixed(1),
        over(tensors),
        share(fractions),
        over(fractions),
        share(areas),
        over(areas),
      )
    }
  }
}
const missed = all.filter((j) => !covered(j)).sort((a, b) => b.off / b.stated - a.off / a.stated)
console.log(
  `\n${all.length} values, ${missed.length} not covered (${((100 * (all.length - missed.length)) / all.length).toFixed(2)} %); median over-estimate ${median(all.map(overstated)).toPrecision(3)}\n`,
)
for (const { what, cell, problem, stated, off } of missed.slice(0, Number(process.argv[3] ?? 5)))
  console.log(
    `${what} ${problem}: off by ${off.toExponential(2)}, stated ${stated.toExponential(2)}\n  ${JSON.stringify(cell)}`,
  )
