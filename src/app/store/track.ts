/** A charge or discharge point by point, in SI: what a run has told so far, a computed rate, or a measurement. */
import type { Discharge } from '../../models/family.ts'
import type { StoredFrame } from './frames.ts'

export const QUANTITIES = [
  'time',
  'voltage',
  'open_circuit',
  'current',
  'capacity',
  'specific',
  'utilisation',
  'filling',
] as const
export type Quantity = (typeof QUANTITIES)[number]

/** As many values of each quantity as there are points; a quantity that is not known is not there. */
export type Track = Partial<Record<Quantity, readonly number[]>>

/** What a run has come through; undefined where its model has no voltage or no capacity. */
export function trackOf(entries: readonly StoredFrame[]): Track | undefined {
  const model = entries.at(-1)?.model
  const names = model?.observables.map((o) => o.name) ?? []
  if (!['voltage', 'utilisation'].every((name) => names.includes(name))) return undefined
  const complete = entries.filter((e) => e.observables.length === names.length)
  const track: Partial<Record<Quantity, number[]>> = { time: complete.map((e) => e.t) }
  for (const quantity of QUANTITIES) {
    const at = names.indexOf(quantity)
    if (at >= 0) track[quantity] = complete.map((e) => e.observables[at])
  }
  return track
}

/** The same of the resolved model that ran beside, where its frames are still there. */
export function resolvedTrackOf(entries: readonly StoredFrame[]): Track | undefined {
  return trackOf(entries.flatMap((e) => (e.full?.resolved ? [{ ...e, observables: e.full.resolved.observables }] : [])))
}

export function trackOfDischarge(run: Discharge): Track {
  return {
    time: run.time,
    voltage: run.voltage,
    current: run.time.map(() => run.current),
    capacity: run.charge,
    specific: run.specific,
    utilisation: run.utilisations,
    filling: run.fillings,
  }
}
