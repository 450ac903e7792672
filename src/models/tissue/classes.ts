/** The models of the tissue family, with their equations. */
import type { Equation, ModelClass } from '../family.ts'

const term = (id: string, tex: string) => `\\term{${id}}{${tex}}`

const membraneLaw: readonly Equation[] = [
  {
    tex: `${term('ionic', 'I_i')} = ${term('ionic', 'G_i\\,(V - E_i) + (3,-2,0)_i\\,I_p')},\\qquad E_i = \\frac{RT}{z_iF}\\ln\\frac{C_{iE}}{C_{iI}}`,
    caption: 'Ionic currents through the membrane: leaks and the Na/K pump',
  },
  {
    tex: `f_i = \\frac{1}{z_iF}\\bigl(${term('ionic', 'I_i')} + ${term('capacitive', '\\lambda_i\\,c\\,\\partial_t V')}\\bigr),\\qquad \\textstyle\\sum_i\\lambda_i = 1`,
    caption: 'Ion flux from inside to outside, the same on both sides',
  },
]

const connectedConnected: readonly Equation[] = [
  {
    tex: `${term('storage', '|Y_s|\\,\\partial_t C_{is}')} = ${term('transport', '\\nabla\\!\\cdot\\!\\bigl(D^*_s(\\nabla C_{is} + \\tfrac{z_iF}{RT}C_{is}\\nabla\\phi_s)\\bigr)')} \\pm ${term('exchange', 'a\\,f_i')} + ${term('source', 'S_{is}')}`,
    caption: 'Ions in both phases s = E (+), I (−); the cells form a syncytium',
  },
  {
    tex: `0 = ${term('transport', '\\nabla\\!\\cdot\\!\\bigl(\\sigma^*_s\\nabla\\phi_s\\bigr)')} \\pm ${term('exchange', 'a\\textstyle\\sum_i')}${term('ionic', 'I_i')} \\pm ${term('capacitive', 'a\\,c\\,\\partial_t V')},\\qquad V = \\phi_I - \\phi_E`,
    caption: 'Charge in both phases',
  },
  ...membraneLaw,
]

const connectedDisconnected: readonly Equation[] = [
  {
    tex: `${term('storage', '|Y_E|\\,\\partial_t C_{iE}')} = ${term('transport', '\\nabla\\!\\cdot\\!\\bigl(D^*_E(\\nabla C_{iE} + \\tfrac{z_iF}{RT}C_{iE}\\nabla\\phi_E)\\bigr)')} + ${term('exchange', 'a\\,f_i')} + ${term('source', 'S_{iE}')}`,
    caption: 'Ions between the cells',
  },
  {
    tex: `${term('storage', '|Y_I|\\,\\partial_t C_{iI}')} = -${term('exchange', 'a\\,f_i')}`,
    caption: 'Ions inside: each cell is alone, nothing flows from cell to cell',
  },
  {
    tex: `${term('capacitive', 'c\\,\\partial_t V')} = -${term('ionic', '\\textstyle\\sum_i I_i')},\\qquad 0 = ${term('transport', '\\nabla\\!\\cdot\\!(\\sigma^*_E\\nabla\\phi_E)')}`,
    caption: 'Membrane potential, and charge between the cells',
  },
  ...membraneLaw,
]

const connectedGlia: readonly Equation[] = [
  ...connectedDisconnected.slice(0, 2),
  {
    tex: `${term('storage', '|Y_g|\\,\\partial_t C_{ig}')} = ${term('transport', '\\nabla\\!\\cdot\\!\\bigl(D^*_g(\\nabla C_{ig} + \\tfrac{z_iF}{RT}C_{ig}\\nabla\\phi_g)\\bigr)')} - ${term('exchange', 'a_g\\,f_i^g')}`,
    caption: 'Ions in glia, which is joined through the cells',
  },
  {
    tex: `0 = ${term('transport', '\\nabla\\!\\cdot\\!(\\sigma^*_E\\nabla\\phi_E + \\sigma^*_g\\nabla\\phi_g)')},\\qquad V_g = \\phi_g - \\phi_E`,
    caption: 'Charge between the cells and in glia',
  },
  ...membraneLaw,
]

/** Where a period holds several kinds of cells. */
export const kindsOfCells: readonly Equation[] = [
  {
    tex: `${term('exchange', 'a\\,f_i')} \\to \\textstyle\\sum_k a_k f_i^k,\\qquad ${term('storage', '|Y_k|\\,\\partial_t C_i^k')} = \\dots - ${term('exchange', 'a_k f_i^k')}`,
    caption: 'Each kind of cells k has its own concentrations, potential and membrane',
  },
]

/** Where cells breathe. */
export const breathing: readonly Equation[] = [
  {
    tex: `${term('water', '\\partial_t\\theta_I')} = a\\,${term('water', 'L_p RT\\,(O_I - O_E)')},\\qquad O_s = \\textstyle\\sum_i C_{is} + \\frac{A_s}{\\theta_s}`,
    caption: 'Water follows the osmolarity O; impermeant solutes A are neither made nor lost',
  },
  {
    tex: `|Y_I|\\to\\theta_I,\\quad |Y_E|\\to\\theta_E = |Y_I| + |Y_E| - \\theta_I,\\qquad D^*_s = D^*_s(\\theta_I)`,
    caption: 'Volumes, which balances hold, and tensors follow the cells; the membrane area a stays',
  },
]

export const classes: Readonly<Record<string, ModelClass>> = {
  'connected-connected': {
    label: 'connected – connected (syncytium)',
    reason: 'The intracellular phase reaches through the cell: ions and current also flow from cell to cell.',
    equations: connectedConnected,
  },
  'connected-glia': {
    label: 'isolated cells in a net of glia',
    reason: 'Glia reaches through the cell, the other cells are cut off: ions and current also flow from glia to glia.',
    equations: connectedGlia,
  },
  'connected-disconnected': {
    label: 'connected – disconnected (isolated cells)',
    reason: 'The intracellular phase is cut off in every period: only the space between the cells conducts.',
    equations: connectedDisconnected,
  },
}
