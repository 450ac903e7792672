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
import { slopes, steepness } from '../../numerics/resample.ts'
import { FARADAY } from '../constants.ts'
import type { Validity } from '../family.ts'
import { judge } from '../validity.ts'
import type { PorousModel } from './model.ts'

/** Above this the point ions of the model would overlap, mol/m³. */
const DILUTE = 1000

/** A porous medium that knows what it is at every place. */
type HomogenizedPorous = PorousModel & {
  /** Pore fraction, and effective permittivity along x [F/m], at a place, a fraction of the length. */
  readonly medium: (place: number) => { pore: number; permittivity: number }
}

/** @param period of the cells whose homogenization is judged, m */
export function porousValidity(model: HomogenizedPorous, u: Float64Array, period: number): Validity {
  const { macro, medium, setting } = model
  const { species, f } = setting
  const fields = model.sample(0, u).map((field) => Float64Array.from(field))
  const n = fields[0].length
  const [steep, screening, crowding] = [0, 1, 2].map(() => new Float64Array(n))
  fields.forEach((field, k) => {
    const gradients = macro.nodes.map((_, axis) => slopes(field, macro.nodes, macro.size, axis))
    for (let p = 0; p < n; p++) {
      const slope = steepness(gradients, p)
      steep[p] = Math.max(steep[p], period * (k < species.length ? slope / field[p] : slope * f))
      if (k < species.length) {
        crowding[p] = Math.max(crowding[p], field[p] / DILUTE)
        screening[p] += species[k].valence ** 2 * field[p]
      }
    }
  })
  const [columns] = macro.nodes
  for (let p = 0; p < n; p++) {
    const { pore, permittivity } = medium((p % columns) / (columns - 1))
    screening[p] = period * Math.sqrt((FARADAY * f * pore * screening[p]) / permittivity)
  }
  return judge(n, [
    {
      name: 'epsilon',
      label: 'Period over box size',
      tex: 's = \\ell / L',
      value: period / Math.min(...macro.size),
      threshold: 0.1,
      help: 'Homogenization is the limit of small periods. Take a smaller period or a larger box.',
    },
    {
      name: 'screening',
      label: 'Period over screening length',
      tex: '\\ell / \\lambda_{\\mathrm{eff}}',
      at: screening,
      threshold: 0.5,
      help: 'Charge layers must span several periods. Fluxes between reservoirs stay right far beyond this, charges do not. Take a smaller period or a weaker electrolyte.',
    },
    {
      name: 'gradient',
      label: 'Period over gradient length',
      tex: '\\ell\\,|\\nabla c| / c,\\ \\ell F |\\nabla\\phi| / RT',
      at: steep,
      threshold: 0.3,
      help: 'Concentrations and potential must be nearly linear over a period. Take a smaller period or a lower voltage.',
    },
    {
      name: 'crowding',
      label: 'Concentration over the dilute limit',
      tex: 'c / 1\\,\\mathrm{M}',
      at: crowding,
      threshold: 1,
      help: 'Ions are points here. Above about 1 M they would overlap; lower the voltage at the electrodes.',
    },
  ])
}
