/** The equations as they are typeset: those of the chosen form of the electrolyte, with its flow and its solid. */
import type { Values } from '../../parameter.ts'
import type { Equation } from '../family.ts'

const term = (id: string, tex: string) => `\\term{${id}}{${tex}}`
const T = term('ions', 'T')

/** Salt, or both ions, in the four forms (`laws/electrolyte.ts`). */
const SALT: Record<string, readonly Equation[]> = {
  E1: [
    {
      tex: `${term('salt', 'p\\,\\partial_t c_+')} = \\nabla\\!\\cdot\\! D_+${T}\\bigl(\\nabla c_+ + \\tfrac{F}{RT}c_+\\nabla\\psi\\bigr) - ${term('flow', 'V\\!\\cdot\\!\\nabla c_+')} + A/F`,
      caption: 'Cations diffuse, drift and come from the reaction (E1)',
    },
    {
      tex: `p\\,\\partial_t c_- = \\nabla\\!\\cdot\\! D_-${T}\\bigl(\\nabla c_- - \\tfrac{F}{RT}c_-\\nabla\\psi\\bigr) - ${term('flow', 'V\\!\\cdot\\!\\nabla c_-')}`,
      caption: 'Anions do not react',
    },
    {
      tex: `-2\\delta^2L^2\\,\\nabla\\!\\cdot(${T}\\nabla\\psi)\\,\\tfrac{F}{RT} = p\\,(c_+-c_-)/c_0,\\qquad \\delta = \\lambda_D/L`,
      caption: 'Poisson: the potential of the electrolyte; lithium sees Φ = ψ + (RT/F) ln c₊',
    },
  ],
  E2: [
    {
      tex: `${term('salt', 'p\\,\\partial_t c')} = -\\nabla\\!\\cdot\\! N_+ + A/F,\\quad N_+ = -${T}D\\nabla c + t_+i_p/F + ${term('flow', 'c\\,V')}`,
      caption: 'Salt diffuses, migrates and is carried by the flow (E2: electroneutral, ideal)',
    },
    {
      tex: `i_p = -${T}F\\bigl[(D_++D_-)\\tfrac{F}{RT}\\,c\\,\\nabla\\psi + (D_+-D_-)\\nabla c\\bigr]`,
      caption: 'Ionic current of two ideal ions; lithium sees Φ = ψ + (RT/F) ln c',
    },
  ],
  E3: [
    {
      tex: `${term('salt', 'p\\,\\partial_t c')} = -\\nabla\\!\\cdot\\! N_+ + A/F,\\quad N_+ = -${T}\\,D\\nabla c + t_+ i_p/F + ${term('flow', 'c\\,V')}`,
      caption: 'Salt diffuses, migrates and is carried by the flow (E3: concentrated solution)',
    },
    {
      tex: `i_p = -${term('ions', 'T\\kappa')}\\bigl[\\nabla\\Phi - \\nu\\tfrac{RT}{F}(1-t_+)\\chi\\nabla\\ln c\\bigr]`,
      caption: 'Ionic current, in the potential that lithium sees',
    },
  ],
  E4: [
    {
      tex: `${term('salt', 'p\\,\\partial_t c')} = -\\nabla\\!\\cdot\\! N_+ + A/F,\\quad N_+ = -${T}\\,D\\nabla c + t_+ i_p/F + ${term('flow', 'c\\,V')}`,
      caption: 'Salt diffuses, migrates and is carried by the flow (E4: Onsager form)',
    },
    {
      tex: `i_p = -${T}\\bigl[\\nu\\tfrac{RT}{F}\\tfrac{\\kappa t_+}{c}\\nabla c + \\kappa\\nabla\\psi_-\\bigr]`,
      caption: 'Ionic current, in the potential of the anions; lithium sees Φ = ψ₋ + 2 (RT/F) ln c',
    },
  ],
}

const DARCY: Equation = {
  tex: `V = -${term('flow', '\\tfrac{K}{\\mu}')}\\nabla P,\\qquad \\nabla\\!\\cdot V = 0`,
  caption: 'Darcy: the pumped electrolyte',
}

const CHARGE: readonly Equation[] = [
  {
    tex: `\\nabla\\!\\cdot\\! i_p = A = -\\nabla\\!\\cdot\\! i_s,\\quad i_s = -${term('electrons', '\\hat\\Sigma')}\\nabla\\psi_s`,
    caption: 'Charge passes from the electrolyte to the solid where lithium reacts',
  },
  {
    tex: `A = a\\,${term('reaction', 'i(c,y,\\eta)')},\\quad \\eta = \\psi_s-\\Phi-U,\\quad U = ${term('voltage', 'V_0')} - \\tfrac{RT}{F}\\mu`,
    caption: 'Reaction, anodic positive, driven by the overpotential',
  },
]

const CONNECTED: Equation = {
  tex: `${term('lithium', 'q\\,c_{sm}\\partial_t y')} = \\nabla\\!\\cdot\\!\\bigl(D_s c_{sm}\\hat M_s m(y)\\nabla\\mu\\bigr) - A/F,\\quad ${term('mu', '\\mu')} = f'(y) - \\tfrac{\\kappa_g}{q c_{sm}RT}\\nabla\\!\\cdot\\!(\\hat M_s\\nabla y)`,
  caption: 'Lithium in a connected solid',
}

const INDEPENDENT: Equation = {
  tex: `${term('lithium', 'q\\,c_{sm}\\partial_t y')} = -A/F,\\quad ${term('mu', "\\mu = f'(y)")} = \\Omega(1-2y)+\\ln\\tfrac{y}{1-y}`,
  caption: 'Isolated particles: each cell of the mesh fills by itself',
}

const OF_KIND = `A = \\sum_k A_k,\\quad A_k = a_k\\,${term('reaction', 'i(c,y_k,\\eta_k)')},\\quad \\eta_k = \\psi_s-\\Phi-U(y_k)`
const VOLTAGE = `U = ${term('voltage', 'V_0')} - \\tfrac{RT}{F}\\mu`

/** The same where particles of one period differ: each kind has its filling, and the reaction is that of all. */
const OF_KINDS = {
  each: {
    tex: `${OF_KIND},\\quad ${VOLTAGE}`,
    caption: 'Reaction of each kind of particles, anodic positive, driven by its own overpotential',
  },
  joined: {
    tex: `${term('lithium', 'q_1\\,c_{sm}\\partial_t y_1')} = \\nabla\\!\\cdot\\!\\bigl(D_s c_{sm}\\hat M_s m(y_1)\\nabla\\mu\\bigr) - A_1/F,\\quad ${term('mu', '\\mu')} = f'(y_1) - \\tfrac{\\kappa_g}{q_1 c_{sm}RT}\\nabla\\!\\cdot\\!(\\hat M_s\\nabla y_1)`,
    caption: 'Lithium in the solid that is joined through the cells, the first kind',
  },
  alone: {
    tex: `${term('lithium', 'q_k\\,c_{sm}\\partial_t y_k')} = -A_k/F,\\quad ${term('mu', "\\mu = f'(y_k)")} = \\Omega(1-2y_k)+\\ln\\tfrac{y_k}{1-y_k}`,
    caption: 'Particles that stand alone: each kind fills by itself in every cell of the mesh',
  },
}

/** Of several kinds of two materials: j is that of kind k, with constants of its own. */
const ofMaterials = (tex: string): string =>
  tex
    .replaceAll('c_{sm}', 'c_{sm}^{(j)}')
    .replaceAll('V_0}', 'V_0^{(j)}}')
    .replaceAll('i(c,y_k', 'i^{(j)}(c,y_k')
    .replaceAll('U(y_k)', 'U^{(j)}(y_k)')
    .replaceAll('U =', 'U^{(j)} =')
    .replaceAll('\\Omega', '\\Omega^{(j)}')
    .replaceAll('D_s', 'D_s^{(j)}')
    .replaceAll('\\hat M_s', '\\hat M_s^{(j)}')
    .replaceAll('\\kappa_g', '\\kappa_g^{(j)}')

const OF_MATERIALS = {
  each: {
    tex: ofMaterials(OF_KIND),
    caption: 'Reaction of each kind of particles by the laws of its own material j',
  },
  voltage: {
    tex: ofMaterials(VOLTAGE),
    caption: 'Open-circuit voltage of material j',
  },
  joined: {
    tex: ofMaterials(OF_KINDS.joined.tex),
    caption: 'Lithium in a solid that is joined through the cells, the first kind of its material j',
  },
  alone: {
    tex: ofMaterials(OF_KINDS.alone.tex),
    caption: 'Particles that stand alone: each kind fills by itself, with the constants of its material j',
  },
}

const FOIL: Equation = {
  tex: `I = ${term('foil', 'i_{Li}')}\\bigl[e^{-F\\Phi/2RT}-e^{F\\Phi/2RT}\\bigr]\\ \\text{at the lithium}`,
  caption: 'The other electrode',
}

/**
 * @param connected lithium also crosses the solid
 * @param several particles of several kinds, or of two materials
 */
export function equationsOf(
  connected: boolean,
  several: boolean | 'materials',
  { electrolyte, flow }: Values,
): Equation[] {
  const salt = SALT[String(electrolyte)] ?? SALT.E3
  const [charge, reaction] = CHARGE
  return [...salt, ...(flow === 'none' ? [] : [DARCY]), charge, ...solidOf(connected, several, reaction), FOIL]
}

function solidOf(connected: boolean, several: boolean | 'materials', reaction: Equation): readonly Equation[] {
  if (!several) return [reaction, connected ? CONNECTED : INDEPENDENT]
  const { each, joined, alone } = several === 'materials' ? OF_MATERIALS : OF_KINDS
  const voltage = several === 'materials' ? [OF_MATERIALS.voltage] : []
  return [each, ...voltage, ...(connected ? [joined] : []), alone]
}
