/** The errors of a comparison as people read them, in the order of the legend; which of them there are, the rows say. */
import { closures } from '../../models/porous/closures.ts'

export interface Norm {
  name: string
  symbol: string
  /** What the symbol says. */
  label: string
  /** Place among the colours of series. */
  colour: number
  /** Drawn with hollow marks: errors of another kind than the filled ones of the same colours. */
  hollow?: boolean
}

/** The norms of the theorem. */
export const TISSUE_NORMS: readonly Norm[] = [
  { name: 'LinfL2', symbol: '‖C − u₀‖ L∞(L²)', label: 'concentrations, without corrector' },
  { name: 'LinfL2_corrected', symbol: '‖C − u₁‖ L∞(L²)', label: 'concentrations, with corrector' },
  { name: 'L2grad', symbol: '‖∇(C − u₀)‖ L²', label: 'gradients, without corrector' },
  { name: 'L2grad_corrected', symbol: '‖∇(C − u₁)‖ L²', label: 'gradients, with corrector' },
  { name: 'jump', symbol: '‖[φ − φ₁]‖ on Γ', label: 'jump of the potentials on the membrane, largest in time' },
  { name: 'jump_scaled', symbol: '√ε ‖[φ − φ₁]‖ on Γ', label: 'jump of the potentials × √ε, as in the theorem' },
  { name: 'L2gradPhi_corrected', symbol: '‖∇(φ − φ₁)‖ L²', label: 'gradients of the potentials, with corrector' },
].map((norm, colour) => ({ ...norm, colour }))

/** What every closure errs by: keys of these names, with the closure's. */
export const FLUX = 'flux_'
export const HALF_CHARGE = 'half_charge_'

const ofClosures = (prefix: string, what: string): Norm[] =>
  closures.map(({ name, label }, colour) => ({
    name: `${prefix}${name}`,
    symbol: `${what}, ${name}`,
    label: `${what}: ${label}`,
    colour,
  }))

const fields = [
  { name: 'L2c', symbol: '‖c − u₀‖ L²', label: 'concentrations, without corrector' },
  { name: 'L2c_corrected', symbol: '‖c − (u₀ + s u₁)‖ L²', label: 'concentrations, with corrector' },
  { name: 'L2phi', symbol: '‖φ − φ₀‖ L²', label: 'potential, without corrector' },
  { name: 'L2phi_corrected', symbol: '‖φ − (φ₀ + s φ₁)‖ L²', label: 'potential, with corrector' },
].map((norm, colour) => ({ ...norm, colour, hollow: true }))

/** The judge between the closures: fluxes of steady states, or the charge of the left half in time, and the fields. */
export const POROUS_NORMS: readonly Norm[] = [
  ...ofClosures(FLUX, 'flux'),
  ...ofClosures(HALF_CHARGE, 'charge'),
  ...fields,
]

/** Voltages with other ionic tensors than that of the cell have this before the name of the closure. */
export const VOLTAGE = 'voltage'

/** The judge of the cathode: voltage, salt, potentials, and how full the particles are. */
export const CATHODE_NORMS: readonly Norm[] = [
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
].map((norm, k) => ({ ...norm, colour: norm.hollow ? k - 6 : k }))

/** What is drawn until someone chooses. */
export const USUAL: readonly string[] = [
  'LinfL2',
  'LinfL2_corrected',
  'L2grad_corrected',
  'jump',
  'L2gradPhi_corrected',
  ...CATHODE_NORMS.filter(({ name }) => name.startsWith(VOLTAGE) || name === 'filling').map(({ name }) => name),
  'salt_corrected',
  ...POROUS_NORMS.filter(({ hollow }) => !hollow).map(({ name }) => name),
]
