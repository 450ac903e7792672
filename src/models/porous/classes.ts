/** The model of the porous family, with its equations. */
import type { Equation, ModelClass } from '../family.ts'

const term = (id: string, tex: string) => `\\term{${id}}{${tex}}`

const equations: readonly Equation[] = [
  {
    tex: `${term('storage', 'p\\,\\partial_t c_r')} = \\nabla\\!\\cdot\\! d_r\\bigl(${term('diffusion', 'D_c\\nabla c_r')} + ${term('drift', 'z_r c_r\\,D_\\phi\\,\\tfrac{F}{RT}\\nabla\\phi')}\\bigr)`,
    caption: 'Every ion diffuses and drifts; the closure says with which tensors',
  },
  {
    tex: `-\\nabla\\!\\cdot\\!(${term('displacement', '\\varepsilon^0\\nabla\\phi')}) = F\\bigl(p\\textstyle\\sum_r z_r c_r + ${term('charge', '\\rho_s')}\\bigr)`,
    caption: 'The potential, with the effective permittivity of pores and solid together',
  },
  {
    tex: `\\lambda^2 = \\varepsilon_f RT/(F^2c_0L^2),\\qquad \\lambda_{\\mathrm{eff}} = \\sqrt{\\varepsilon^0RT/(F^2\\,p\\textstyle\\sum_r z_r^2c_r)}`,
    caption: 'Screening: the length over which charge is seen',
  },
]

export const classes: Readonly<Record<string, ModelClass>> = {
  porous: {
    label: 'Poisson-Nernst-Planck',
    reason: 'Ions move in the pores, the potential acts in pores and solid.',
    equations,
  },
}
