/** The comparison of resolved with homogenized tissue: its norms, its limit, and what an error plot shows in words. */
import { msg, t } from '../../language/language.ts'
import { fixed } from '../../words.ts'
import type { ComparisonCard, Norm, Observation } from '../comparison.ts'
import { unequalWords } from '../pieces.ts'
import type { TissueInput } from './input.ts'
import { GLIA, INSIDE } from './phases.ts'

const USUAL = ['LinfL2', 'LinfL2_corrected', 'L2grad_corrected', 'jump', 'L2gradPhi_corrected']

/** The norms of the theorem. */
const NORMS: readonly Norm[] = [
  { name: 'LinfL2', symbol: '‖C − u₀‖ L∞(L²)', label: 'concentrations, without corrector' },
  { name: 'LinfL2_corrected', symbol: '‖C − u₁‖ L∞(L²)', label: 'concentrations, with corrector' },
  { name: 'L2grad', symbol: '‖∇(C − u₀)‖ L²', label: 'gradients, without corrector' },
  { name: 'L2grad_corrected', symbol: '‖∇(C − u₁)‖ L²', label: 'gradients, with corrector' },
  { name: 'jump', symbol: '‖[φ − φ₁]‖ on Γ', label: 'jump of the potentials on the membrane, largest in time' },
  { name: 'jump_scaled', symbol: '√ε ‖[φ − φ₁]‖ on Γ', label: 'jump of the potentials × √ε, as in the theorem' },
  { name: 'L2gradPhi_corrected', symbol: '‖∇(φ − φ₁)‖ L²', label: 'gradients of the potentials, with corrector' },
].map((norm, colour) => ({ ...norm, colour, usual: USUAL.includes(norm.name) }))

/** The limit in which errors are compared, said wherever N can be chosen. */
const LIMIT =
  'Limit of the theory: dimensionless membrane parameters are fixed; conductances, pump and capacitance shrink with the cell (ℓ = L/N). With physical conductances fixed the exchange would grow like 1/ℓ and nothing converges.'

/** Proved order of the corrected errors in ε. */
const PROVED = 0.5

/** Orders from here on count as one more power than a layer allows. */
const FAST = { L2grad_corrected: 0.95, LinfL2_corrected: 1.5 }
/** Below this an error counts as staying. */
const STAYS = 0.25
/** A finite N may miss the proved order by this much. */
const SLACK = 0.1

function explain({ rows, orders, mirror, prepared, unequal }: Observation): string[] {
  if (rows.length === 0) return []
  if (rows.length === 1) return [t('One N gives a point; the order needs a second.')]
  const gradient = orders.L2grad_corrected ?? Number.NaN
  const values = orders.LinfL2_corrected ?? Number.NaN
  const observed = t('orders {values} for the concentrations, {gradient} for their gradients', {
    values: fixed(values, 2),
    gradient: fixed(gradient, 2),
  })
  const sentences: string[] = []
  if (!(Math.min(gradient, values) >= PROVED - SLACK))
    sentences.push(
      t(
        'Not yet as fast as the proved √ε ({observed}): these cells are still large, or the error of the mesh and of the steps shows; try larger N, more frames or a finer micro.resolution.',
        { observed },
      ),
    )
  else if (mirror && prepared && gradient >= FAST.L2grad_corrected && values >= FAST.LinfL2_corrected)
    sentences.push(
      t(
        'Faster than the proved √ε ({observed}): mirror-symmetric cells leave no boundary layer at straight walls, and a start with correctors leaves no initial layer.',
        { observed },
      ),
    )
  else
    sentences.push(
      t('At least the proved √ε ({observed}){reason}', { observed, reason: reason(mirror, prepared, values) }),
    )
  if ((orders.L2grad ?? 1) < STAYS)
    sentences.push(
      t(
        'Without the corrector the error of the gradient stays (order {L2grad}): C wiggles in every cell, u₀ does not.',
        { L2grad: fixed(orders.L2grad, 2) },
      ),
    )
  return unequal ? [...sentences, unequalWords(unequal, msg('cells'))] : sentences
}

/** Why the orders are not those of a problem without layers. */
function reason(mirror: boolean, prepared: boolean, values: number): string {
  const layers: string[] = []
  if (!mirror)
    layers.push(
      t('the cells are not mirror-symmetric, so walls cut their pattern and a boundary layer one cell thick stays'),
    )
  if (!prepared)
    layers.push(t('the start carries no corrector, so an initial layer forms while the cells take up their pattern'))
  if (layers.length === 0) return t('; with larger N the orders without layers, 2 and 1, come nearer.')
  if (values >= FAST.LinfL2_corrected) return `, although ${layers.join(', and ')}.`
  return t(', but the concentrations miss the order 2 that they have without layers: {layers}.', {
    layers: layers.join('; '),
  })
}

export const comparison: ComparisonCard = {
  norms: NORMS,
  small: 'ε',
  limit: LIMIT,
  guide: {
    name: 'proved rate √ε',
    label: 'proved with corrector, √ε',
    order: PROVED,
    // The gradient is the sharp case.
    through: ['L2grad_corrected', 'LinfL2_corrected', 'jump_scaled', ...NORMS.map(({ name }) => name)],
  },
  prepared: true,
  explain,
  lumped: [INSIDE, GLIA],
  uniform: {
    applies: ({ parameters, experiment, stimuli }: TissueInput) =>
      parameters.start !== 'waves' &&
      experiment.name === 'sealed' &&
      stimuli.every((s) => s.region.shape === 'everywhere'),
    path: 'stimuli',
    message:
      'nothing varies in space: resting tissue without a stimulus, a bath or a current has no gradients to compare; add one, or set parameters.start to "waves"',
  },
}
