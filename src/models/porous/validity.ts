/**
 * How far the homogenized porous electrolyte may be trusted:
 *
 *   epsilon     l / L
 *   screening   l / lambda_eff,  lambda_eff = sqrt( eps0 RT / (F² p sum z² c) )    charge layers must span several periods
 *   gradient    l |grad c| / c and l f |grad phi|                                  at every node
 *   crowding    largest concentration over the dilute limit
 *
 * Fluxes between reservoirs are more tolerant of `screening` than charge is.
 */
import type { CellResult } from '../../cell/cell.ts'
import { slopes } from '../../numerics/resample.ts'
import { FARADAY } from '../constants.ts'
import type { FamilyInput, Model, Validity } from '../family.ts'
import { porousTensors } from './effective.ts'
import type { PorousModel } from './model.ts'
import { contrastOf } from './parameters.ts'

const THRESHOLDS = { epsilon: 0.1, screening: 0.5, gradient: 0.3, crowding: 1 }
/** Above this the point ions of the model would overlap, mol/m³. */
const DILUTE = 1000

export function porousValidity(input: FamilyInput, cell: CellResult, model: Model, u: Float64Array): Validity {
  const { setting } = model as PorousModel
  const { species, f, permittivity } = setting
  const { cellSize, macro } = input
  const fields = model.sample(0, u).map((field) => Float64Array.from(field))
  const n = fields[0].length
  const all = porousTensors(cell, contrastOf(input.parameters))
  const eps0 = permittivity * all.permittivity[0][0]
  const outside = new Uint8Array(n)
  const steepness = new Float64Array(n)
  const screening = new Float64Array(n)
  const crowding = new Float64Array(n)
  fields.forEach((field, k) => {
    const gradients = macro.nodes.map((_, axis) => slopes(field, macro.nodes, macro.size, axis))
    for (let p = 0; p < n; p++) {
      const slope = Math.hypot(...gradients.map((g) => g[p]))
      steepness[p] = Math.max(steepness[p], cellSize * (k < species.length ? slope / field[p] : slope * f))
      if (k < species.length) {
        crowding[p] = Math.max(crowding[p], field[p] / DILUTE)
        screening[p] += species[k].valence ** 2 * field[p]
      }
    }
  })
  for (let p = 0; p < n; p++) {
    screening[p] = cellSize * Math.sqrt((FARADAY * f * all.pore * screening[p]) / eps0)
    outside[p] =
      (screening[p] > THRESHOLDS.screening ? 2 : 0) |
      (steepness[p] > THRESHOLDS.gradient ? 4 : 0) |
      (crowding[p] > THRESHOLDS.crowding ? 8 : 0)
  }
  const worst = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0)
  return {
    outside,
    numbers: [
      {
        name: 'epsilon',
        label: 'Period over box size',
        tex: 's = \\ell / L',
        value: cellSize / Math.min(...macro.size),
        threshold: THRESHOLDS.epsilon,
        help: 'Homogenization is the limit of small periods. Take a smaller period or a larger box.',
      },
      {
        name: 'screening',
        label: 'Period over screening length',
        tex: '\\ell / \\lambda_{\\mathrm{eff}}',
        value: worst(screening),
        threshold: THRESHOLDS.screening,
        help: 'Charge layers must span several periods. Fluxes between reservoirs stay right far beyond this, charges do not. Take a smaller period or a weaker electrolyte.',
      },
      {
        name: 'gradient',
        label: 'Period over gradient length',
        tex: '\\ell\\,|\\nabla c| / c,\\ \\ell F |\\nabla\\phi| / RT',
        value: worst(steepness),
        threshold: THRESHOLDS.gradient,
        help: 'Concentrations and potential must be nearly linear over a period. Take a smaller period or a lower voltage.',
      },
      {
        name: 'crowding',
        label: 'Concentration over the dilute limit',
        tex: 'c / 1\\,\\mathrm{M}',
        value: worst(crowding),
        threshold: THRESHOLDS.crowding,
        help: 'Ions are points here. Above about 1 M they would overlap; lower the voltage at the electrodes.',
      },
    ],
  }
}
