/** Pore-resolved set-ups of the tests: strips and sheets of N cells on a box of length one, all else dimensionless. */

import type { CellResult, ShapeSpec } from '../../../src/cell/cell.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import { comparePorous } from '../../../src/models/porous/compare.ts'
import { porousProblems } from '../../../src/models/porous/effective.ts'
import type { PorousExperiment } from '../../../src/models/porous/experiments.ts'
import type { PorousInput } from '../../../src/models/porous/input.ts'
import { microModel, type ResolvedPorous } from '../../../src/models/porous/micro.ts'
import { type PorousValues, parameters } from '../../../src/models/porous/parameters.ts'
import { defaults } from '../../../src/parameter.ts'
import { f } from './setup.ts'

export const DISC_SHAPE: ShapeSpec = { shape: 'ball', phase: 'solid', center: [0.5, 0.5], radius: 0.3 }

export const layer = (axis: 'x' | 'y', center = 0.5): ShapeSpec => ({
  shape: 'layer',
  phase: 'solid',
  axis,
  center,
  thickness: 0.4,
})

export function cellOf(resolution: number, contrast: number, shape = DISC_SHAPE): CellResult {
  return solveCell({ dimension: 2, background: 'pore', shapes: [shape], resolution }, porousProblems({ contrast }))
}

export interface Strip {
  cell: CellResult
  contrast: number
  lambda2: number
  /** Concentration of the right reservoir; the left one has 1. */
  right?: number
  /** In thermal voltages. */
  voltage?: number
  experiment?: PorousExperiment['name']
  fixedCharge?: number
  rows?: number
  /** Of the potential along the left electrode, see experiments.ts. */
  tilt?: number
  more?: Partial<PorousValues>
}

export function inputOf(s: Strip, N: number): PorousInput {
  const { right = 0.2, rows = 1 } = s
  return {
    parameters: {
      ...defaults(parameters),
      screening: 'lambda2',
      lambda2: s.lambda2,
      contrast: s.contrast,
      D_1: 1,
      D_2: 1,
      c_start: s.experiment === 'blocking' ? 1 : right,
      fixed_charge: s.fixedCharge ?? 0,
      ...s.more,
    },
    cellSize: 1 / N,
    macro: { dimension: 2, size: [1, rows / N], nodes: [201, 2 * rows + 1] },
    experiment: {
      name: s.experiment ?? 'reservoirs',
      values: {
        voltage: (s.voltage ?? 2) / f,
        c1_left: 1,
        c2_left: 1,
        c1_right: right,
        c2_right: right,
        tilt: s.tilt ?? 0,
      },
    } as PorousExperiment,
    stimuli: [],
  }
}

const setup = (s: Strip, N: number) => ({ repeat: [N, s.rows ?? 1], prepared: true, factor: 1 })

export function resolved(s: Strip, N: number): ResolvedPorous {
  return finish(microModel(inputOf(s, N), s.cell, setup(s, N)))
}

export function judge(s: Strip, N: number, end = 0.5, samples = 50): Record<string, number> {
  const running = comparePorous(inputOf(s, N), s.cell, { ...setup(s, N), end, samples, rtol: 1e-4 })
  for (;;) {
    const { done, value } = running.next()
    if (done) return { ...value.errors, ...value.quantities }
  }
}
