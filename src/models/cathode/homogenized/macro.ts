/** The homogenized cell of a scenario: parameters, structure and protocol become the setting of its equations. */

import type { CellResult } from '../../../cell/cell.ts'
import { t } from '../../../language/language.ts'
import { InputError, type Problem } from '../../../parameter.ts'
import { present } from '../../../present.ts'
import { FARADAY, inverseThermalVoltage } from '../../constants.ts'
import type { Notice } from '../../family.ts'
import { varies } from '../../graded.ts'
import { type Grid, makeGrid } from '../equations/grid.ts'
import { fractionsOf, materialsOf, meanSites } from '../equations/materials.ts'
import type { CathodeSetting, Kind, PorousElectrode, Tensor2 } from '../equations/setting.ts'
import type { CathodeInput } from '../input.ts'
import type { Electrolyte } from '../laws/electrolyte.ts'
import { givenSalt, idealSalt, ions, polymerSalt, type Salt } from '../laws/salt.ts'
import { fieldsIn } from '../outputs.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { horizon, stepsOf } from '../protocol/experiments.ts'
import type { Limits, Step } from '../protocol/protocol.ts'
import type { CathodeStructure } from '../structure/quantities.ts'
import { cathodeStructure } from '../structure/structure.ts'
import { areaOf } from './check.ts'
import { darcyFlow } from './darcy.ts'
import { electrodeAlong, electrodeOf, inBox } from './electrode.ts'
import { materialFrom, ofSecond } from './material.ts'
import { type CathodeDescription, CathodeModel } from './model.ts'
import { checkSetting, noticesOf, passesAcross, startNotices } from './notices.ts'
import { openingProblems } from './opening.ts'
import { normals } from './random.ts'
import { chargeProblem, startFillings } from './start.ts'
import { takeWritten } from './written.ts'

/**
 * @throws InputError when the cell or the parameters admit no model
 */
export function macroModel(input: CathodeInput, cell: CellResult): CathodeModel {
  const structure = cathodeStructure(input, cell)
  const { setting, limits, notices } = cathodeSetting(input, structure)
  const problems = [
    ...structure.problems,
    ...(setting.second ? chargeProblem(input.parameters, fractionsOf(setting)) : []),
    ...checkSetting(setting, limits),
    ...(setting.along && materialsOf(setting).some(({ solid }) => solid.gradient > 0) ? [steepened()] : []),
  ]
  if (problems.length > 0) throw new InputError(problems)
  const { parameters: v } = input
  const description: CathodeDescription = {
    macro: input.macro,
    modelClass: classOf(setting),
    fields: fieldsIn(cell, v, structure.kinds),
    notices: [...structure.notices, ...notices, ...startNotices(setting), ...noticesOf(input, setting)],
    density: densityOf(v, setting),
    doubleLayer: v.double_layer,
    radius: v.radius,
    ...(setting.second ? { radius2: v.radius_2 } : {}),
    spread: Math.max(...structure.kinds.map(({ spread }) => spread)),
    mobility: structure.K[0][0] / v.viscosity,
    further: structure.along ? [varies] : [],
    horizon: horizon(setting.steps, limits),
  }
  const model = new CathodeModel(setting, description)
  const siblings = {
    stepping: (step: Step) => new CathodeModel({ ...setting, steps: [step] }, description),
    changed: (values: Partial<CathodeValues>) =>
      new CathodeModel(cathodeSetting({ ...input, parameters: { ...v, ...values } }, structure).setting, description),
  }
  model.obstacles = () => openingProblems(model, v, siblings)
  return model
}

function steepened(): Problem {
  return {
    path: 'parameters.gradient',
    message: t(
      'got gradient energy in a solid that lithium crosses, which is that of one cell; where cells vary take "none", or leave graded out',
    ),
  }
}

/** Whether lithium also crosses the solid, and whether there are particles of several kinds. */
export function classOf(setting: CathodeSetting): string {
  const connected = materialsOf(setting).some(({ Ms }) => Ms[0] > 0)
  const kinds = setting.cathode.kinds.length > 1
  return `${connected ? 'connected' : 'independent'}${setting.second ? '-materials' : kinds ? '-kinds' : ''}`
}

/** Of all active material, kg/m³. */
export function densityOf(v: CathodeValues, setting: CathodeSetting): number {
  if (!setting.second) return v.density
  const [first, second] = fractionsOf(setting)
  return (first * v.density + second * v.density_2) / (first + second)
}

/** The setting of the equations, for a given structure. */
export function cathodeSetting(
  input: CathodeInput,
  structure: Omit<CathodeStructure, 'carbon' | 'notices' | 'problems' | 'kinds'> & { kinds?: readonly Kind[] },
): { setting: CathodeSetting; limits: Limits; notices: Notice[] } {
  const { parameters: v, macro } = input
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  const reference = v.c0
  const separator = v.separator
  const [length, height] = macro.size
  const separatorCells = separator > 0 ? Math.round(v.separator_cells) : 0
  const grid = makeGrid({
    separator,
    cathode: length - separator,
    separatorCells,
    cathodeCells: Math.max(1, macro.nodes[0] - 1 - separatorCells),
    grading: v.grading,
    rows: macro.dimension === 2 ? macro.nodes[1] - 1 : 1,
    height,
    tab: v.tab,
  })
  const cells = (grid.columns - grid.first) * grid.rows
  const varying = structure.along && electrodeAlong(grid, structure.along)
  const cathode = varying?.mean ?? electrodeOf(structure)
  const { Ms: _, ...own } = materialFrom(v, cathode, cathode.Ms, grid.cathode)
  const other = structure.second && inBox(structure.second.Ms)
  const second =
    other && materialFrom(ofSecond(v), { kinds: cathode.kinds.filter((kind) => kind.second) }, other, grid.cathode)
  if (second) [own.filling0, second.filling0] = startFillings(v, fractionsOf({ cathode, second }))
  const random = normals(v.seed)
  // Kind after kind, so that more of them do not change the first.
  const drawn = cathode.kinds.map(() => ({
    shift: Array.from({ length: cells }, () => v.noise * random()),
    spread: Array.from({ length: cells }, () => Math.exp(v.size_spread * random())),
  }))
  const shift = Float64Array.from(drawn.flatMap((of) => of.shift))
  const spread = Float64Array.from(drawn.flatMap((of) => of.spread))
  const T = v.p_separator ** 1.5
  const { electrolyte, notices } = electrolyteOf(v, reference, thermal)
  const K = varying?.K ?? structure.K[0][0]
  const darcy = flowIn(v, grid, (column) => varying?.columns[column - grid.first] ?? cathode)
  const velocity =
    v.flow === 'peclet'
      ? (v.peclet * diffusivityOf(electrolyte)) / grid.cathode
      : darcy
        ? darcy.mobility * v.pressure
        : (K * v.pressure) / (v.viscosity * grid.cathode)
  const setting: CathodeSetting = {
    grid,
    thermal,
    reference,
    salt0: 1,
    separator: { p: v.p_separator, T: [T, T] },
    cathode,
    along: varying?.columns,
    electrolyte,
    ...own,
    second,
    foil: { exchange: v.i_foil, alpha: 0.5, order: Number(v.foil_order) },
    shift,
    spread,
    flow:
      v.flow !== 'none'
        ? {
            velocity,
            inlet: v.c_in / reference,
            across: v.flow === 'across',
            field: darcy?.field,
            ...(input.filtration ? { period: input.filtration.size } : {}),
          }
        : undefined,
    contact: v.contact,
    steps: [],
  }
  const capacity = cathode.q * meanSites(setting) * FARADAY * grid.cathode
  const limits = {
    lowest: v.V_min,
    highest: v.V_max,
    capacity,
    mass: cathode.q * densityOf(v, setting) * grid.cathode,
    area: areaOf(v),
  }
  setting.steps = stepsOf(input.experiment, limits)
  takeWritten(setting, v, macro)
  return { setting, limits, notices }
}

/** The flow in a box of two dimensions where it is not the same everywhere. */
function flowIn({ flow, viscosity }: CathodeValues, grid: Grid, electrode: (column: number) => PorousElectrode) {
  const K = (column: number): Tensor2 => present(electrode(column).K, 'the permeability')
  const columns = Array.from(grid.width.keys()).slice(grid.first)
  if (flow === 'across')
    return columns.every((i) => passesAcross(electrode(i))) ? darcyFlow(grid, K, flow, viscosity) : undefined
  const oblique = columns.some((i) => (K(i)[2] ?? 0) !== 0) && columns.every((i) => K(i)[0] > 0)
  return flow !== 'none' && oblique ? darcyFlow(grid, K, 'along', viscosity) : undefined
}

/** Of the salt at c0, m²/s. */
function diffusivityOf({ salt }: Electrolyte): number {
  const at = new Float64Array(6)
  salt.at(1, at)
  return at[0]
}

function electrolyteOf(
  v: CathodeValues,
  reference: number,
  thermal: number,
): { electrolyte: Electrolyte; notices: Notice[] } {
  const notices: Notice[] = []
  const form = v.electrolyte
  let [plus, minus] = [v.D_plus, v.D_minus]
  let salt: Salt
  if (v.salt === 'ideal') salt = idealSalt(plus, minus, reference, thermal)
  else {
    salt = v.salt === 'polymer' ? polymerSalt(reference) : givenSalt(v.D_salt, v.t_plus, v.kappa)
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
        message: t(
          '{form} knows only two diffusivities: an ideal substitute with the same D and t₊ is used. Its conductivity at c₀ is {at} S/m; the salt has {measured} S/m.',
          { form, at: at[2].toPrecision(3), measured: measured.toPrecision(3) },
        ),
        advice: [t('use E3 or E4, which take three independent data')],
      })
      salt = ideal
    }
  }
  return {
    electrolyte: {
      form,
      salt,
      nu: Number(v.nu),
      chi: form === 'E3' ? v.chi : 1,
      plus,
      minus,
      delta: v.delta,
    },
    notices,
  }
}
