/** What the judge says of a homogenized cathode, from the rows of a comparison alone. */
import { fixed, number } from '../format.ts'
import { CATHODE_NORMS, VOLTAGE } from './comparisonNorms.ts'
import type { Observation } from './explanation.ts'

export const CATHODE_LIMIT =
  'Limit of the theory: box, current, diffusivities and the reaction per volume are fixed; the period shrinks (ℓ = L/N) and the rate of the reaction with it. Particles then equilibrate inside, as the homogenized model has them.'

/** From this order on an error counts as going to zero. */
const CONVERGES = 0.5
/** Below it layers of one cell show: without them the order of the voltage is two. */
const WITHOUT_LAYERS = 1.6

export function explainCathode({ rows, orders, mirror }: Observation): string[] {
  const last = rows.at(-1)
  if (!last) return []
  const error = last.errors[VOLTAGE]
  if (rows.length === 1) return ['One N gives a point; the order needs a second.', ...gaps(last.errors)]
  const order = orders[VOLTAGE] ?? Number.NaN
  const seen = `order ${fixed(order, 2)}, ${number(error ?? Number.NaN, 2)} RT/F off at the largest N`
  const sentences: string[] = []
  if (!(order >= CONVERGES))
    sentences.push(
      `The voltage does not converge yet (${seen}): these cells are still large, or the error of the mesh shows; try larger N or a finer micro.resolution.`,
    )
  else sentences.push(`The homogenized voltage converges to the resolved one: ${seen}.${layers(order, mirror)}`)
  const { salt, salt_corrected: corrected } = orders
  if (Number.isFinite(salt) && Number.isFinite(corrected))
    sentences.push(`The salt converges with order ${fixed(salt!, 2)}, with its corrector ${fixed(corrected!, 2)}.`)
  return [...sentences, ...gaps(last.errors)]
}

function layers(order: number, mirror: boolean): string {
  if (order >= WITHOUT_LAYERS) return ''
  return mirror
    ? ' Less than order two: the cells are still large, or a layer of one cell stands at a separator or at a slow foil.'
    : ' The cells are not mirror-symmetric: layers of one cell at foil and collector leave order one.'
}

/** What other ionic tensors miss. */
function gaps(errors: Readonly<Record<string, number>>): string[] {
  return CATHODE_NORMS.flatMap(({ name, label }) => {
    const gap = errors[name]
    const own = errors[VOLTAGE]
    if (!name.startsWith(`${VOLTAGE}_`) || gap === undefined || own === undefined) return []
    return [`The ${label} is ${number(gap, 2)} RT/F off, which no smaller cell removes.`]
  })
}
