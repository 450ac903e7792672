/**
 * All closures for the present cell and set-up at once: tensors, steady fluxes, and the time in which a film of length L
 * charges, lambda_eff L / (2 Deff) with Deff = d Dc / p (layers thin against L).
 */

import type { CellResult } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { Curve, CurveTable } from '../family.ts'
import { closures, type PorousTensors, smallestEigenvalue } from './closures.ts'
import { curveBox, steadySweep } from './curves.ts'
import { largestEigenvalue, porousTensors, upperBound } from './effective.ts'
import { drivesCurrent } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { ions } from './input.ts'
import { fluidPermittivity, macroModel } from './macro.ts'
import { contrastOf } from './parameters.ts'
import { SteadyError } from './steady.ts'

export function* closureTable(given: PorousInput, cell: CellResult): Generator<number, Curve> {
  const input = curveBox(given, cell)
  const { parameters: v, experiment, macro } = input
  const all = porousTensors(cell, contrastOf(v))
  const d = macro.dimension
  const bound = boundOf(all, cell.mesh.dimension)
  const length = macro.size[0]
  const count = ions(v).length
  const rows: CurveTable['rows'][number][] = []
  let reference: number | undefined
  for (const [k, c] of closures.entries()) {
    yield k / closures.length
    const [diffusion, drift] = [c.diffusion(all), c.drift(all)]
    const one = { ...input, parameters: { ...v, closure: c.name } }
    const notes: string[] = [t(c.comment)]
    let fluxes: number[] | undefined
    try {
      if (drivesCurrent(experiment)) {
        const sweep = steadySweep(one, cell, [experiment.values.voltage])
        let next = sweep.next()
        while (!next.done) next = sweep.next()
        fluxes = next.value[0].fluxes
      } else macroModel(one, cell)
    } catch (error) {
      if (error instanceof InputError)
        notes.unshift(t('Refused: {reasons}.', { reasons: error.problems.map((p) => p.message).join('; ') }))
      else if (error instanceof SteadyError) notes.unshift(t('No steady state: {message}.', { message: error.message }))
      else throw error
    }
    reference ??= fluxes?.[0]
    if (Math.max(largestEigenvalue(diffusion, d), largestEigenvalue(drift, d)) > bound.value * (1 + 1e-6))
      notes.push(t('Exceeds {bound} ({value}).', { bound: t(bound.words), value: bound.value.toPrecision(4) }))
    rows.push({
      name: c.name,
      label: c.label,
      chosen: c.name === v.closure,
      note: notes.join(' '),
      cells: [
        diffusion[0][0],
        drift[0][0],
        ...Array.from({ length: count }, (_, r) => fluxes?.[r]),
        fluxes && reference ? fluxes[0] / reference : undefined,
        chargingTime(one, diffusion[0][0], drift[0][0], all.pore, all.permittivity[0][0], length),
      ],
    })
  }
  const flux = (r: number) => ({ label: `${msg('flux')} ${r}`, unit: 'mol/(m² s)', factor: 1 })
  return {
    name: 'table',
    label: 'Closures compared',
    x: { label: '', unit: '1', factor: 1 },
    y: { label: '', unit: '1', factor: 1 },
    traces: [],
    marks: [],
    note: cell.table
      ? t('Tensors and times are those in the middle of the film. Where cells vary, profiles of closures differ too.')
      : t(
          'Profiles of closures with the Einstein relation are identical in one dimension: only fluxes and times tell them apart.',
        ),
    table: {
      rowTitle: 'closure',
      columns: [
        { label: 'D_c', unit: '1', factor: 1 },
        { label: 'D_φ', unit: '1', factor: 1 },
        ...Array.from({ length: count }, (_, r) => flux(r + 1)),
        { label: 'flux 1 over the first row', unit: '1', factor: 1 },
        { label: 'charging time', unit: 's', factor: 1 },
      ],
      rows,
    },
  }
}

/** Tensors of a mesh differ by this much along the axes of a cell that is alike along them. */
const ALIKE = 1e-2

/** What no pore with blocking walls exceeds; the bound of Hashin and Shtrikman is one of isotropic media. */
function boundOf({ pore, perforated }: PorousTensors, dimension: number): { value: number; words: string } {
  const largest = largestEigenvalue(perforated, dimension)
  return largest - smallestEigenvalue(perforated, dimension) <= ALIKE * largest
    ? { value: upperBound(pore, dimension), words: msg('the bound of Hashin and Shtrikman') }
    : { value: pore, words: msg('the fraction of the pores') }
}

function chargingTime(
  input: PorousInput,
  diffusion: number,
  drift: number,
  pore: number,
  permittivity: number,
  length: number,
): number | undefined {
  const { parameters: v } = input
  if (!(diffusion > 0 && drift > 0)) return undefined
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  const strength = 2 * pore * v.c0 * (drift / diffusion)
  const layer = Math.sqrt((fluidPermittivity(input) * permittivity * thermal) / (FARADAY * strength))
  return (layer * length * pore) / (2 * v.D_1 * diffusion)
}
