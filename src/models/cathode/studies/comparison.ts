/** The comparison of resolved with homogenized cathodes: its norms, its limit, and what it says in words. */
import { msg, t } from '../../../language/language.ts'
import { fixed, number } from '../../../words.ts'
import type { ComparisonCard, Norm, Observation } from '../../comparison.ts'
import { unequalWords } from '../../pieces.ts'
import { ACTIVE, ACTIVE2 } from '../phases.ts'

/** Voltages with other ionic tensors than that of the cell have this before the name of the closure. */
const VOLTAGE = 'voltage'

/** The judge of the cathode: voltage, salt, potentials, and how full the particles are. */
const NORMS: readonly Norm[] = [
  { name: VOLTAGE, symbol: 'V', label: 'cell voltage over RT/F, largest in time' },
  { name: `${VOLTAGE}_bruggeman`, symbol: 'V, p^1.5', label: 'cell voltage with the ionic tensor of Bruggeman' },
  { name: `${VOLTAGE}_published`, symbol: 'V, published', label: 'cell voltage with the published flux average' },
  { name: `${VOLTAGE}_tortuosity`, symbol: 'V, p/τ²', label: 'cell voltage with the given tortuosity' },
  { name: `${VOLTAGE}_value`, symbol: 'V, given T', label: 'cell voltage with the given ionic tensor' },
  { name: 'filling', symbol: '‖y − ȳ₀‖', label: 'mean fillings of the particles, cell by cell' },
  { name: 'salt', symbol: '‖c − c₀‖ L²', label: 'salt over c₀, without corrector', hollow: true },
  { name: 'salt_corrected', symbol: '‖c − c₁‖ L²', label: 'salt over c₀, with corrector', hollow: true },
  { name: 'phi', symbol: '‖Φ − Φ₀‖ L²', label: 'potential of the electrolyte, without corrector', hollow: true },
  { name: 'phi_corrected', symbol: '‖Φ − Φ₁‖ L²', label: 'potential of the electrolyte, with corrector', hollow: true },
  { name: 'psi', symbol: '‖ψ − ψ₀‖ L²', label: 'potential of the solid, without corrector', hollow: true },
  { name: 'psi_corrected', symbol: '‖ψ − ψ₁‖ L²', label: 'potential of the solid, with corrector', hollow: true },
].map((norm, k) => ({
  ...norm,
  colour: norm.hollow ? k - 6 : k,
  usual: !norm.hollow || norm.name === 'salt_corrected',
}))

const LIMIT =
  'Limit of the theory: box, current, diffusivities and the reaction per volume are fixed; the period shrinks (ℓ = L/N) and the rate of the reaction with it. Particles then equilibrate inside, as the homogenized model has them.'

/** From this order on an error counts as going to zero. */
const CONVERGES = 0.5
/** Below it layers of one cell show: without them the order of the voltage is two. */
const WITHOUT_LAYERS = 1.6

function explain({ rows, orders, mirror, unequal }: Observation): string[] {
  const last = rows.at(-1)
  if (!last) return []
  const error = last.errors[VOLTAGE]
  if (rows.length === 1) return [t('One N gives a point; the order needs a second.'), ...gaps(last.errors)]
  const order = orders[VOLTAGE] ?? Number.NaN
  const seen = t('order {order}, {error} RT/F off at the largest N', {
    order: fixed(order, 2),
    error: number(error ?? Number.NaN, 2),
  })
  const sentences: string[] = []
  if (!(order >= CONVERGES))
    sentences.push(
      t(
        'The voltage does not converge yet ({seen}): these cells are still large, or the error of the mesh shows; try larger N or a finer micro.resolution.',
        { seen },
      ),
    )
  else
    sentences.push(
      t('The homogenized voltage converges to the resolved one: {seen}.{layers}', {
        seen,
        layers: layers(order, mirror),
      }),
    )
  const { salt, salt_corrected: corrected } = orders
  if (Number.isFinite(salt) && Number.isFinite(corrected))
    sentences.push(
      t('The salt converges with order {salt}, with its corrector {corrected}.', {
        salt: fixed(salt, 2),
        corrected: fixed(corrected, 2),
      }),
    )
  if (unequal) sentences.push(unequalWords(unequal, msg('particles')))
  return [...sentences, ...gaps(last.errors)]
}

function layers(order: number, mirror: boolean): string {
  if (order >= WITHOUT_LAYERS) return ''
  return mirror
    ? ` ${t('Less than order two: the cells are still large, or a layer of one cell stands at a separator or at a slow foil.')}`
    : ` ${t('The cells are not mirror-symmetric: layers of one cell at foil and collector leave order one.')}`
}

/** What other ionic tensors miss. */
function gaps(errors: Readonly<Record<string, number>>): string[] {
  return NORMS.flatMap(({ name, label }) => {
    const gap = errors[name]
    const own = errors[VOLTAGE]
    if (!name.startsWith(`${VOLTAGE}_`) || gap === undefined || own === undefined) return []
    return [
      t('The {label} is {gap} RT/F off, which no smaller cell removes.', { label: t(label), gap: number(gap, 2) }),
    ]
  })
}

export const comparison: ComparisonCard = {
  norms: NORMS,
  small: 'ε',
  limit: LIMIT,
  guide: { name: 'slope 2', label: 'for comparison, ε²', order: 2, through: [VOLTAGE, 'salt_corrected', 'filling'] },
  prepared: false,
  lumped: [ACTIVE, ACTIVE2],
  explain,
}
