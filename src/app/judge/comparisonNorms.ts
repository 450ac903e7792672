/** The norms of the theorem as people read them, in the order of the legend. */
export interface Norm {
  name: string
  symbol: string
  /** What the symbol says. */
  label: string
}

export const NORMS: readonly Norm[] = [
  { name: 'LinfL2', symbol: '‖C − u₀‖ L∞(L²)', label: 'concentrations, without corrector' },
  { name: 'LinfL2_corrected', symbol: '‖C − u₁‖ L∞(L²)', label: 'concentrations, with corrector' },
  { name: 'L2grad', symbol: '‖∇(C − u₀)‖ L²', label: 'gradients, without corrector' },
  { name: 'L2grad_corrected', symbol: '‖∇(C − u₁)‖ L²', label: 'gradients, with corrector' },
  { name: 'jump', symbol: '‖[φ − φ₁]‖ on Γ', label: 'jump of the potentials on the membrane, largest in time' },
  { name: 'jump_scaled', symbol: '√ε ‖[φ − φ₁]‖ on Γ', label: 'jump of the potentials × √ε, as in the theorem' },
  { name: 'L2gradPhi_corrected', symbol: '‖∇(φ − φ₁)‖ L²', label: 'gradients of the potentials, with corrector' },
]
