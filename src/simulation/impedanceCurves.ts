/**
 * Impedance as curves of the page: Nyquist (-Im Z against Re Z) and Bode (|Z| and phase against frequency), for every
 * scenario whose experiment has two electrodes.
 */

import type { CellResult } from '../cell/cell.ts'
import { t } from '../language/language.ts'
import type { Curve, Model } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import { HERTZ, inUnits, inWords, type ReducedUnits, type Unit } from '../models/reduced.ts'
import { makeConsistent } from '../numerics/steps.ts'
import { InputError } from '../parameter.ts'
import { requirePort } from './curves.ts'
import type { Checkpoint } from './frame.ts'
import { frequencyList, type ImpedancePoint, impedance, restlessness } from './impedance.ts'
import { familyInput, type Scenario } from './scenario.ts'

/** Frequencies that suit a run of that length [s]: from one period in it upwards. */
export function shownFrequencies(end: number): number[] {
  const from = 10 ** Math.floor(Math.log10(1 / end) + 1e-9)
  return frequencyList(from, 1e7 * from, 57)
}

/**
 * A curve of the impedance at a checkpoint; yields fractions of progress.
 * @throws InputError when the scenario admits no model, no two electrodes, or has another state than the checkpoint
 */
export function* impedanceCurve(
  name: string,
  scenario: Scenario,
  cell: CellResult,
  checkpoint: Pick<Checkpoint, 't' | 'u' | 'layout' | 'macro'>,
): Generator<number, Curve> {
  requirePort(scenario)
  const family = familyNamed(scenario.family)
  const units = family.reduced?.(scenario.parameters, scenario.macro)
  const model = family.macro(familyInput(scenario), cell)
  const u = model.adopt(checkpoint)
  if (!u)
    throw new InputError([
      { path: '', message: t('the state on show belongs to another model; reset the run, the impedance follows') },
    ])
  const state = { t: checkpoint.t, u }
  model.enter(state.t, state.t)
  for (const _ of makeConsistent(model, state.t, u, scenario.time.rtol)) yield 0
  const span = Math.min(scenario.time.end, model.horizon ?? Number.POSITIVE_INFINITY)
  const points = yield* impedance(model, state, shownFrequencies(span))
  const note = restless(model, state, points[0].frequency, units)
  return name === 'nyquist' ? nyquist(points, note, units) : bode(points, note, units)
}

/** Words where a state changes faster than a frequency [Hz]; empty where it rests. */
export function restless(
  model: Model,
  state: { t: number; u: Float64Array },
  frequency: number,
  units?: ReducedUnits,
): string {
  const own = restlessness(model, state)
  return own > frequency
    ? t('The state itself still changes, at {own}: what lies below is not the impedance of a steady state.', {
        own: inWords(own, HERTZ, units, 2),
      })
    : ''
}

/** The unit in which the largest impedance reads best, or that of reduced numbers. */
function ohms(points: readonly ImpedancePoint[], units: ReducedUnits | undefined): Unit {
  const own = units?.units['Ω m²']
  if (own) return own
  const largest = Math.max(...points.map((p) => Math.hypot(p.re, p.im)))
  const prefixes = ['', 'm', 'µ', 'n', 'p']
  const k = Math.min(prefixes.length - 1, Math.max(0, Math.ceil(-Math.log10(largest) / 3)))
  return { unit: `${prefixes[k]}Ω m²`, factor: 10 ** (-3 * k) }
}

function nyquist(points: readonly ImpedancePoint[], note: string, units: ReducedUnits | undefined): Curve {
  const ohm = ohms(points, units)
  return {
    name: 'nyquist',
    label: 'Impedance in the complex plane',
    x: { label: 'Re Z', ...ohm },
    y: { label: '−Im Z', ...ohm },
    square: true,
    traces: [
      {
        name: 'Z',
        x: points.map((p) => p.re),
        y: points.map((p) => -p.im),
        labels: points.map((p) => inWords(p.frequency, HERTZ, units)),
      },
    ],
    marks: [],
    note,
  }
}

function bode(points: readonly ImpedancePoint[], note: string, units: ReducedUnits | undefined): Curve {
  const x = points.map((p) => p.frequency)
  return {
    name: 'bode',
    label: 'Impedance against frequency',
    x: { label: 'frequency', ...inUnits(HERTZ, units), log: true },
    y: { label: '|Z|', ...ohms(points, units), log: true },
    y2: { label: 'phase', unit: '°', factor: 1 },
    traces: [
      { name: '|Z|', x, y: points.map((p) => Math.hypot(p.re, p.im)) },
      { name: 'phase', x, y: points.map(phase), second: true },
    ],
    marks: [],
    note,
  }
}

/** Degrees. */
export function phase({ re, im }: Pick<ImpedancePoint, 're' | 'im'>): number {
  return (180 / Math.PI) * Math.atan2(im, re)
}
