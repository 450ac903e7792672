/** What is told about a setting: what cannot be computed, and what should be known about what can. */

import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import { number } from '../../../words.ts'
import { FARADAY } from '../../constants.ts'
import type { Notice } from '../../family.ts'
import { kineticLimit, materialsOf, meanSites, openingVoltage } from '../equations/materials.ts'
import type { CathodeSetting, PorousElectrode } from '../equations/setting.ts'
import type { CathodeInput } from '../input.ts'
import { excess, openCircuit, spinodal } from '../laws/thermodynamics.ts'
import type { Limits } from '../protocol/protocol.ts'
import { FRONT } from './material.ts'
import { closedToFlow } from './pumped.ts'

/** Particles equilibrate inside while R²/D_s stays below this part of the discharge. */
const INSIDE = 0.01
/** Cells that a reaction zone and a front need. */
const CELLS_PER_ZONE = 3
const CELLS_PER_FRONT = 2

/** Whether ions and flow pass from below to above. */
export function passesAcross({ T, K }: PorousElectrode): boolean {
  return T[1] > 0 && K !== undefined && K[1] > 0
}

/** Problems that only the complete setting shows. */
export function checkSetting(setting: CathodeSetting, limits: Limits): Problem[] {
  const problems: Problem[] = []
  const { cathode, steps } = setting
  const flows = steps.some((s) => s.hold !== 'current' || s.value !== 0)
  if (!(cathode.Sigma[0] > 0) && flows)
    problems.push({
      path: 'parameters',
      message: t('the solid carries no electrons from particle to particle (Σ = 0): no current can flow; add carbon'),
    })
  if (!(cathode.T[0] > 0) && flows)
    problems.push({
      path: 'parameters',
      message: t('the electrolyte carries no ions through the cathode (T = 0): no current can flow; open the pores'),
    })
  problems.push(...closedToFlow(setting))
  const backwards = materialsOf(setting).find(
    ({ Ms, solid }) =>
      Ms.some((m) => m > 0) && solid.law === 'thermodynamic' && solid.omega > 2 && solid.gradient === 0,
  )
  if (backwards)
    problems.push({
      path: 'parameters.gradient',
      message: t(
        'got Ω = {omega} above 2 and M_s = {Ms} without gradient energy: diffusion would run backwards inside the spinodal, which has no solution; add gradient energy, take M_s = 0 (independent particles), Ω below 2, or Fick’s law',
        { omega: backwards.solid.omega, Ms: backwards.Ms[0].toPrecision(3) },
      ),
    })
  const width = frontWidth(setting)
  if (width !== undefined) {
    const cell = Math.max(...setting.grid.width.subarray(setting.grid.first))
    if (width < CELLS_PER_FRONT * cell)
      problems.push({
        path: 'macro.nodes[0]',
        message: t(
          'got cells of {cell} µm for a front {width} µm wide; it needs at least {least} cells, or it sticks to the mesh; take {cells_per_front2} cells or a wider front',
          {
            cell: (1e6 * cell).toPrecision(3),
            width: (1e6 * width).toPrecision(3),
            least: CELLS_PER_FRONT,
            cells_per_front2: Math.ceil((CELLS_PER_FRONT * 1.5 * setting.grid.cathode) / width),
          },
        ),
      })
  }
  const held = steps.flatMap((s) => (s.hold === 'voltage' && s.value !== undefined ? [s.value] : []))
  const [low, high] = voltageRange(setting)
  for (const V of held)
    if (V < low || V > high)
      problems.push({
        path: 'experiment.values',
        message: t(
          'got a held voltage of {V} V; this chemistry spans {low} to {high} V (fillings of 1e-5 and 1 - 1e-5 and 0.5 V beyond)',
          { V, low: low.toFixed(3), high: high.toFixed(3) },
        ),
      })
  const start = openingVoltage(setting)
  // Where fillings vary no one voltage is that of the cell; what it begins with is looked at later (opening.ts).
  const first = setting.start?.fillings ? undefined : steps[0]
  if (first?.hold === 'current' && first.value > 0 && start < limits.lowest)
    problems.push({
      path: 'parameters.V_min',
      message: t(
        'got a lower cut-off of {lowest} V; the cell starts at {start} V, so that a discharge ends at once; lower the cut-off or the filling at the start',
        { lowest: limits.lowest, start: start.toFixed(4) },
      ),
    })
  if (first?.hold === 'current' && first.value < 0 && start > limits.highest)
    problems.push({
      path: 'parameters.V_max',
      message: t(
        'got an upper cut-off of {highest} V; the cell starts at {start} V, so that a charge ends at once; raise the cut-off or the filling at the start',
        { highest: limits.highest, start: start.toFixed(4) },
      ),
    })
  // Where nothing flows at all there is no limit to speak of.
  if (cathode.Sigma[0] > 0 && cathode.T[0] > 0) problems.push(...beyondLimit(setting, limits))
  return problems
}

/**
 * Steady limiting currents of the electrolyte while all particles react evenly [A/m²]: on discharge the salt runs out at the collector, on charge at the
 * lithium. The salt is linear in the separator and, with an even reaction, parabolic in the cathode; its amount stays.
 */
function limitingCurrents({ grid, cathode, separator, electrolyte, reference, salt0 }: CathodeSetting): {
  discharge: number
  charge: number
} {
  const salt = new Float64Array(6)
  electrolyte.salt.at(salt0, salt)
  const drop = (length: number, T: number) => ((1 - salt[4]) * length) / (FARADAY * salt[0] * T)
  const across = drop(grid.separator, separator.T[0])
  const inside = drop(grid.cathode, cathode.T[0]) / 2
  const [a, b] = [separator.p * grid.separator, cathode.p * grid.cathode]
  // Above the collector's value: separator inside + across/2 on the mean, cathode inside/3 ... per unit of current.
  const collector = (a * (inside + across / 2) + b * (inside / 3)) / (a + b)
  const foil = across + inside - collector
  return { discharge: (salt0 * reference) / collector, charge: (salt0 * reference) / foil }
}

/** Share of the capacity that must pass before the salt runs out, lest the protocol be refused. */
const START = 1e-4

/** Currents so large that the salt runs out before anything has passed (Sand's time). */
function beyondLimit(setting: CathodeSetting, limits: Limits): Problem[] {
  const { grid, cathode, separator, electrolyte, reference, salt0 } = setting
  const salt = new Float64Array(6)
  electrolyte.salt.at(salt0, salt)
  const largest = Math.max(0, ...setting.steps.map((s) => (s.hold === 'current' ? Math.abs(s.value) : 0)))
  // Of salt that varies there is no such time.
  if (largest === 0 || setting.start?.salt) return []
  const [p, T] = grid.separator > 0 ? [separator.p, separator.T[0]] : [cathode.p, cathode.T[0]]
  const sand = Math.PI * p * salt[0] * T * ((FARADAY * salt0 * reference) / (2 * (1 - salt[4]) * largest)) ** 2
  if ((sand * largest) / limits.capacity > START) return []
  const { discharge, charge } = limitingCurrents(setting)
  return [
    {
      path: 'experiment.values',
      message: t(
        'got {got} A/m²; the salt would run out at the electrodes within {sand} s. While all particles react evenly the electrolyte carries {discharge} A/m² on discharge and {charge} A/m² on charge; take a current of that order',
        {
          got: largest.toPrecision(3),
          sand: sand.toPrecision(2),
          discharge: discharge.toPrecision(3),
          charge: charge.toPrecision(3),
        },
      ),
    },
  ]
}

/** Voltages that the materials can give at fillings of 1e-5 and 1 - 1e-5, half a volt more for overpotentials. */
function voltageRange(setting: CathodeSetting): [number, number] {
  const at = (y: number) =>
    materialsOf(setting).map(({ standard, omega }) => openCircuit(standard, omega, setting.thermal, y))
  return [Math.max(0, Math.min(...at(1 - 1e-5)) - 0.5), Math.max(...at(1e-5)) + 0.5]
}

/** Width of the thinnest front between the phases of a material, m; undefined where there is none. */
export function frontWidth(setting: CathodeSetting): number | undefined {
  const widths = materialsOf(setting)
    .filter(({ solid, Ms }) => solid.gradient > 0 && solid.omega > 2 && Ms[0] > 0)
    .map(({ solid }) => FRONT * Math.sqrt(solid.gradient))
  return widths.length > 0 ? Math.min(...widths) : undefined
}

/** Depth of the reaction, sqrt(T kappa RT / (F a i0)), m, at a filling of each material. */
export function reactionDepth(setting: CathodeSetting, fillings: readonly number[]): number {
  const { electrolyte, cathode, thermal } = setting
  const salt = new Float64Array(6)
  electrolyte.salt.at(setting.salt0, salt)
  const conductivity = salt[2] * setting.salt0
  return Math.sqrt((cathode.T[0] * conductivity * thermal) / exchangePerVolume(setting, fillings))
}

/** a i0 of all material at fillings of each, A/m³. */
export function exchangePerVolume(setting: CathodeSetting, fillings: readonly number[]): number {
  const { cathode, second, salt0 } = setting
  const each = materialsOf(setting).map(({ kinetics, omega }, k) =>
    kinetics.exchange(salt0, fillings[k], excess(omega, fillings[k])),
  )
  if (!second) return cathode.a * each[0]
  return cathode.kinds.reduce((sum, { a, second: other }) => sum + a * each[other ? 1 : 0], 0)
}

/** What two materials begin with, of which one filling or none is given. */
export function startNotices(setting: CathodeSetting): Notice[] {
  if (!setting.second) return []
  const [first, second] = materialsOf(setting).map(({ filling0 }) => number(filling0, 3))
  if (setting.start?.fillings)
    return [
      {
        level: 'info',
        message: t(
          'Both materials start at one voltage at every place: the first one filled to {first} in the mean, the second one to {second}.',
          { first, second },
        ),
      },
    ]
  return [
    {
      level: 'info',
      message: t('Both materials start at {V} V: the first one filled to {first}, the second one to {second}.', {
        V: openingVoltage(setting).toFixed(3),
        first,
        second,
      }),
    },
  ]
}

export function noticesOf(input: CathodeInput, setting: CathodeSetting): Notice[] {
  const { parameters: v } = input
  const notices: Notice[] = []
  const { grid, steps, cathode } = setting
  const materials = materialsOf(setting)
  const um = (x: number) => `${(1e6 * x).toPrecision(3)} µm`
  const depth = reactionDepth(
    setting,
    materials.map(({ filling0 }) => filling0),
  )
  const cell = grid.width[grid.first]
  if (depth < CELLS_PER_ZONE * cell && depth < grid.cathode / 4)
    notices.push({
      level: 'info',
      message: t('The reaction zone is {depth} deep, {depth2} mesh cells: fronts will step from cell to cell.', {
        depth: um(depth),
        depth2: (depth / cell).toPrecision(2),
      }),
      advice: [t('refine the mesh at the separator'), t('take more nodes')],
    })
  const width = frontWidth(setting)
  if (width !== undefined)
    notices.push({
      level: 'info',
      message: t(
        'The front between the phases is {width} wide: a model width. The real one is a few nanometres, far below the period of {cellSize}, so gradient energy lies outside the separation of scales of homogenization.',
        { width: um(width), cellSize: um(input.cellSize) },
      ),
    })
  const largest = Math.max(0, ...steps.map((s) => (s.hold === 'current' ? Math.abs(s.value) : 0)))
  const capacity = cathode.q * meanSites(setting) * FARADAY * grid.cathode
  const radii = [v.radius, v.radius_2]
  const inside = Math.max(...materials.map(({ solid }, k) => radii[k] ** 2 / solid.diffusivity))
  if (largest > 0 && inside > (INSIDE * capacity) / largest)
    notices.push({
      level: 'warning',
      message: t(
        'Lithium needs R²/D_s = {inside} s inside a particle, the discharge takes {capacity} s: particles are not uniform inside, which this model does not describe.',
        { inside: inside.toPrecision(3), capacity: (capacity / largest).toPrecision(3) },
      ),
      advice: [t('smaller particles'), t('a smaller current')],
    })
  const limit = kineticLimit(setting)
  if (limit < Number.POSITIVE_INFINITY && setting.salt0 > 0.9 * limit)
    notices.push({ level: 'warning', message: t('The salt starts close to its largest concentration.') })
  const carried = limitingCurrents(setting)
  const [out, back] = [1, -1].map((sign) =>
    Math.max(0, ...steps.map((s) => (s.hold === 'current' ? sign * s.value : 0))),
  )
  if (!setting.flow && (out > carried.discharge || back > carried.charge))
    notices.push({
      level: 'info',
      message: t(
        'While all particles react evenly the electrolyte carries {discharge} A/m² on discharge and {charge} A/m² on charge. At {out} A/m² the salt runs short {what}.',
        {
          discharge: carried.discharge.toPrecision(3),
          charge: carried.charge.toPrecision(3),
          out: Math.max(out, back).toPrecision(3),
          what:
            out > carried.discharge
              ? t('at the collector, and the reaction moves towards the separator')
              : t('at the lithium'),
        },
      ),
    })
  const apart = materials.some(({ omega, Ms }) => spinodal(omega) !== undefined && !(Ms[0] > 0))
  if (apart && v.noise === 0 && v.size_spread === 0)
    notices.push({
      level: 'warning',
      message: t(
        'All particles are alike: large steps can follow the unstable branch on which they fill together, with half the hysteresis.',
      ),
      advice: [t('give the particles a small spread of voltages, e.g. 0.02 RT/F')],
    })
  return notices
}
