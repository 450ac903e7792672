/** The homogenized cell of a scenario: parameters, structure and protocol become the setting of its equations. */
import type { CellResult } from '../../cell/cell.ts'
import { InputError, type Problem, type Values } from '../../parameter.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { FamilyInput, Notice } from '../family.ts'
import type { Electrolyte, ElectrolyteForm } from './electrolyte.ts'
import type { CathodeSetting, SolidLaw } from './equations.ts'
import { horizon, type Limits, stepsOf } from './experiments.ts'
import { makeGrid } from './grid.ts'
import { bazant, butlerVolmer, doyle, linear, type RateLaw } from './kinetics.ts'
import { type CathodeDescription, CathodeModel } from './model.ts'
import { askew, checkSetting, noticesOf } from './notices.ts'
import { openingProblems } from './opening.ts'
import { fieldsIn } from './outputs.ts'
import type { Step } from './protocol.ts'
import { normals } from './random.ts'
import { givenSalt, idealSalt, ions, polymerSalt, type Salt } from './salt.ts'
import { type CathodeStructure, cathodeStructure } from './structure.ts'

/** A front has the width 1.04 sqrt(kappa_g / (c_sm RT)). */
export const FRONT = 1.04

/**
 * @throws InputError when the cell or the parameters admit no model
 */
export function macroModel(input: FamilyInput, cell: CellResult): CathodeModel {
  const structure = cathodeStructure(input, cell)
  const { setting, limits, notices } = cathodeSetting(input, structure)
  const problems = [...structure.problems, ...checkSetting(setting, limits)]
  if (problems.length > 0) throw new InputError(problems)
  const { parameters: v } = input
  const description: CathodeDescription = {
    macro: input.macro,
    modelClass: setting.cathode.Ms[0] > 0 ? 'connected' : 'independent',
    fields: fieldsIn(cell, v),
    notices: [
      ...structure.notices,
      ...notices,
      ...noticesOf(input, setting),
      ...askew({ T: structure.T, Σ: structure.Sigma, M_s: structure.Ms }),
    ],
    density: v.density as number,
    doubleLayer: v.double_layer as number,
    mobility: structure.K[0][0] / (v.viscosity as number),
    horizon: horizon(setting.steps, limits),
  }
  const model = new CathodeModel(setting, description)
  const first = (step: Step) => new CathodeModel({ ...setting, steps: [step] }, description)
  const unable = openingProblems(model, first)
  if (unable.length > 0) throw new InputError(unable)
  return model
}

/** The setting of the equations, for a given structure. */
export function cathodeSetting(
  input: FamilyInput,
  structure: Pick<CathodeStructure, 'p' | 'q' | 'a' | 'T' | 'Sigma' | 'Ms' | 'K'>,
): { setting: CathodeSetting; limits: Limits; notices: Notice[] } {
  const { parameters: v, macro } = input
  const n = (name: string) => v[name] as number
  const thermal = 1 / inverseThermalVoltage(n('temperature'))
  const reference = n('c0')
  const separator = n('separator')
  const [length, height] = macro.size
  const separatorCells = separator > 0 ? Math.round(n('separator_cells')) : 0
  const grid = makeGrid({
    separator,
    cathode: length - separator,
    separatorCells,
    cathodeCells: Math.max(1, macro.nodes[0] - 1 - separatorCells),
    grading: n('grading'),
    rows: macro.dimension === 2 ? macro.nodes[1] - 1 : 1,
    height,
    tab: n('tab'),
  })
  const diagonal = (t: number[][]) => [t[0][0], t[1]?.[1] ?? t[0][0]]
  const cells = (grid.columns - grid.first) * grid.rows
  const cathode = {
    p: structure.p,
    q: structure.q,
    a: structure.a,
    T: diagonal(structure.T),
    Sigma: diagonal(structure.Sigma),
    Ms: diagonal(structure.Ms),
  }
  const capacity = cathode.q * n('c_sm') * FARADAY * grid.cathode
  const limits = { lowest: n('V_min'), highest: n('V_max'), capacity }
  const random = normals(n('seed'))
  const shift = Float64Array.from({ length: cells }, () => n('noise') * random())
  const spread = Float64Array.from({ length: cells }, () => Math.exp(n('size_spread') * random()))
  const T = n('p_separator') ** 1.5
  const { electrolyte, notices } = electrolyteOf(v, reference, thermal)
  const velocity = (structure.K[0][0] * n('pressure')) / (n('viscosity') * grid.cathode)
  const setting: CathodeSetting = {
    grid,
    thermal,
    reference,
    salt0: 1,
    filling0: n('y0'),
    separator: { p: n('p_separator'), T: [T, T] },
    cathode,
    electrolyte,
    sites: n('c_sm'),
    kinetics: kineticsOf(v, reference),
    standard: n('V0'),
    omega: n('Omega'),
    solid: solidOf(v, grid.cathode, cathode, thermal),
    foil: { exchange: n('i_foil'), alpha: 0.5, order: Number(v.foil_order) },
    shift,
    spread,
    flow: v.flow === 'pumped' ? { velocity, inlet: n('c_in') / reference } : undefined,
    contact: n('contact'),
    steps: stepsOf(input.experiment, limits),
  }
  return { setting, limits, notices }
}

function electrolyteOf(v: Values, reference: number, thermal: number): { electrolyte: Electrolyte; notices: Notice[] } {
  const n = (name: string) => v[name] as number
  const notices: Notice[] = []
  const form = v.electrolyte as ElectrolyteForm
  let [plus, minus] = [n('D_plus'), n('D_minus')]
  let salt: Salt
  if (v.salt === 'ideal') salt = idealSalt(plus, minus, reference, thermal)
  else {
    salt = v.salt === 'polymer' ? polymerSalt(reference) : givenSalt(n('D_salt'), n('t_plus'), n('kappa'))
    const at = new Float64Array(6)
    salt.at(1, at)
    const substitute = ions(at[0], at[4])
    plus = substitute.plus
    minus = substitute.minus
    if (form === 'E1' || form === 'E2') {
      const ideal = idealSalt(plus, minus, reference, thermal)
      const measured = at[2]
      ideal.at(1, at)
      notices.push({
        level: 'warning',
        message: `${form} knows only two diffusivities: an ideal substitute with the same D and t₊ is used. Its conductivity at c₀ is ${at[2].toPrecision(3)} S/m; the salt has ${measured.toPrecision(3)} S/m.`,
        advice: ['use E3 or E4, which take three independent data'],
      })
      salt = ideal
    }
  }
  return {
    electrolyte: {
      form,
      salt,
      nu: Number(v.nu),
      chi: form === 'E3' ? n('chi') : 1,
      plus,
      minus,
      delta: n('delta'),
    },
    notices,
  }
}

function kineticsOf(v: Values, reference: number): RateLaw {
  const n = (name: string) => v[name] as number
  switch (v.kinetics) {
    case 'doyle':
      return doyle({
        k: n('k_doyle'),
        sites: n('c_sm'),
        largest: n('c_pm'),
        reference,
        anodic: 1 - n('alpha'),
        printed: v.alpha_sm === 'exponent',
      })
    case 'linear':
      return linear(n('i0'))
    case 'constant':
      return butlerVolmer(n('i0'), n('alpha'))
  }
  return bazant(n('k0'), n('alpha'))
}

function solidOf(v: Values, length: number, cathode: { q: number; Ms: number[] }, thermal: number): SolidLaw {
  const n = (name: string) => v[name] as number
  const Ms = cathode.Ms[0]
  let gradient = 0
  if (Ms > 0 && v.gradient === 'width') gradient = ((n('front_width') * length) / FRONT) ** 2
  if (Ms > 0 && v.gradient === 'given') gradient = (n('kappa_g') * Ms) / (cathode.q * n('c_sm') * FARADAY * thermal)
  return {
    law: v.solid as SolidLaw['law'],
    diffusivity: n('D_s'),
    mobility: v.mobility as SolidLaw['mobility'],
    omega: v.energy === 'printed' ? n('Omega_f') : n('Omega'),
    gradient,
  }
}

/** Problems of the input that need no cell. */
export function checkCathode(input: FamilyInput): Problem[] {
  const { parameters: v, macro } = input
  const problems: Problem[] = []
  const separator = v.separator as number
  if (macro.dimension === 3)
    problems.push({ path: 'macro.dimension', message: 'got 3; a cell is computed in 1 or 2 dimensions' })
  if (separator >= macro.size[0])
    problems.push({
      path: 'parameters.separator',
      message: `got ${1e6 * separator} µm, which leaves no cathode in a cell of ${1e6 * macro.size[0]} µm; make it thinner or the cell thicker`,
    })
  const cells = separator > 0 ? Math.round(v.separator_cells as number) : 0
  if (macro.nodes[0] - 1 - cells < 3)
    problems.push({
      path: 'macro.nodes[0]',
      message: `got ${macro.nodes[0]} nodes, ${cells} cells of which are separator; the cathode needs at least 3 cells; try ${cells + 61}`,
    })
  if (macro.dimension === 2 && (macro.nodes[0] - 1) * (macro.nodes[1] - 1) ** 3 > MOST)
    problems.push({
      path: 'macro.nodes[1]',
      message: `got ${macro.nodes[1]} nodes along the collector; the solver eliminates column by column and takes at most ${Math.floor((MOST / (macro.nodes[0] - 1)) ** (1 / 3)) + 1}; try 13`,
    })
  const concentrations = [
    ['c0', 'the salt'] as const,
    ...(v.flow === 'pumped' ? [['c_in', 'the inflow'] as const] : []),
  ]
  for (const [name, what] of concentrations)
    if (v.kinetics === 'doyle' && (v[name] as number) >= (v.c_pm as number))
      problems.push({
        path: `parameters.${name}`,
        message: `got ${v[name]} mM; ${what} must stay below the largest concentration of these kinetics, c_pm = ${v.c_pm} mM; try ${(v.c_pm as number) / 2}`,
      })
  if ((v.V_min as number) >= (v.V_max as number))
    problems.push({
      path: 'parameters.V_min',
      message: `got ${v.V_min} V; the lower cut-off must lie below the upper one at ${v.V_max} V`,
    })
  if (v.electrolyte === 'E1' && v.flow === 'pumped')
    problems.push({
      path: 'parameters.flow',
      message: 'E1 is not computed with pumped electrolyte; use E2, which is its limit, or no flow',
    })
  return problems
}

/** Columns times the third power of rows. */
const MOST = 2e6
