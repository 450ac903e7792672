/**
 * A sweep: one parameter takes a row of values, and each has a run of its own, from the beginning to the time on show, in
 * workers of its own. Nothing of the laboratory changes.
 */
import { t } from '../../language/language.ts'
import { parameterInUnits } from '../../models/reduced.ts'
import {
  format,
  formatProblems,
  hasEffect,
  type NumberParameter,
  type Parameter,
  sliderRange,
} from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Request, Response } from '../../worker/protocol.ts'
import { experimentOf, familyOf, phaseNames, unitsOf } from '../ground/house.ts'
import { type Change, setExperimentValue, setParameter } from '../store/edits.ts'
import type { StoredFrame } from '../store/frames.ts'
import type { Client, EngineParts } from '../store/parts.ts'
import { MOST_WORKERS } from '../store/rateDesk.ts'

/** Pictures of a sweep. */
export const LEAST_VALUES = 2
export const MOST_VALUES = 60

/** A parameter that can be swept. */
export interface Swept {
  parameter: NumberParameter
  /** SI. */
  value: number
  set(value: number): Change
}

export interface Sweep {
  swept: Swept
  /** SI. */
  from: number
  to: number
  /** How many values. */
  count: number
}

/** What has become of one value. */
export interface SweptRun {
  /** E.g. "K conductance = 0.5 S/m²". */
  caption: string
  /** To the time that was asked for, or the end of the run where that came first. */
  frames: readonly StoredFrame[]
}

/** The parameters of a scenario that take any number of a range and have an effect, those of its experiment last. */
export function sweptOf(scenario: Scenario): Swept[] {
  const units = unitsOf(scenario)
  const { parameters, experiment } = scenario
  const phases = phaseNames(scenario.cell)
  const among = (schema: readonly Parameter[], own: Scenario['parameters'], set: typeof setParameter): Swept[] => {
    const values = { ...parameters, ...own }
    return schema
      .filter((p) => hasEffect(p, values, phases))
      .flatMap((given) => {
        const parameter = parameterInUnits(given, units)
        if (parameter.kind !== 'number' || parameter.integer || parameter.allowed) return []
        const value = Number(own[parameter.name] ?? parameter.value)
        return { parameter, value, set: (to: number) => set(parameter.name, to) }
      })
  }
  return [
    ...among(familyOf(scenario).parameters, parameters, setParameter),
    ...among(experimentOf(scenario)?.parameters ?? [], experiment.values, setExperimentValue),
  ]
}

/** Ends to begin with: half and twice of what it is, as far as the limits let. SI. */
export function usualEnds({ parameter, value }: Pick<Swept, 'parameter' | 'value'>): { from: number; to: number } {
  const inside = (v: number) => Math.max(parameter.min, Math.min(parameter.max, v))
  const [from, to] = [inside(value / 2), inside(value * 2)].sort((a, b) => a - b) as [number, number]
  const { min, max } = sliderRange(parameter)
  return from < to ? { from, to } : { from: min, to: max }
}

/** The values, SI: in equal ratios where the parameter has a logarithmic slider and no zero is between, else in equal steps. */
export function valuesOf({ swept, from, to, count }: Sweep): number[] {
  const ratios = swept.parameter.scale === 'log' && from * to > 0
  return Array.from({ length: count }, (_, k) => {
    const share = k / (count - 1)
    if (share === 1) return to
    return ratios ? from * (to / from) ** share : from + (to - from) * share
  })
}

interface SweepOptions {
  parts: Pick<EngineParts, 'connect' | 'problems'>
  scenario: Scenario
  /** s. */
  time: number
  /** How many the machine has. */
  cores: number
  signal: AbortSignal
  /** @param fraction of all that is to be computed */
  onProgress: (fraction: number) => void
}

/**
 * @returns undefined where it was given up
 * @throws RangeError for ends that are the same, and where a value admits no model or its run fails
 */
export async function runSweep(sweep: Sweep, options: SweepOptions): Promise<SweptRun[] | undefined> {
  const { parts, scenario, time, cores, signal, onProgress } = options
  const { parameter, set } = sweep.swept
  if (sweep.from === sweep.to)
    throw new RangeError(
      t('got {value} as the first and the last value; give two that differ', { value: format(parameter, sweep.to) }),
    )
  const values = valuesOf(sweep)
  const runs: SweptRun[] = []
  const fractions = values.map(() => 0)
  const told = (k: number) => (fraction: number) => {
    fractions[k] = fraction
    onProgress(fractions.reduce((sum, f) => sum + f, 0) / values.length)
  }
  const waiting = values.entries()
  // One value that fails stops the others.
  const failure = new AbortController()
  const stop = AbortSignal.any([signal, failure.signal])
  const work = async () => {
    const runner = new Runner(parts.connect)
    stop.addEventListener('abort', () => runner.end())
    for (const [k, value] of waiting) {
      const changed = set(value)(scenario)
      const caption = `${t(parameter.label)} = ${format(parameter, Number(value.toPrecision(4)))}`
      const problems = parts.problems(changed)
      const frames = problems.length > 0 ? formatProblems(problems, 200) : await runner.run(changed, time, told(k))
      if (stop.aborted) return
      if (typeof frames === 'string') throw new RangeError(t('at {caption}: {reason}', { caption, reason: frames }))
      // Pictures tell frames apart by their index.
      runs[k] = { caption, frames: frames.map((frame) => ({ ...frame, index: frame.index + k * APART })) }
    }
  }
  try {
    const size = Math.max(1, Math.min(cores - 1, MOST_WORKERS, values.length))
    await Promise.all(Array.from({ length: size }, work))
  } finally {
    failure.abort()
  }
  return signal.aborted ? undefined : runs
}

/** More than the frames of any run. */
const APART = 1e6

/** A worker that takes one run after the other. */
class Runner {
  private readonly client: Client
  private readonly post: (request: Request) => void
  private count = 0
  private hear: (response: Response) => void = () => undefined
  private giveUp: () => void = () => undefined

  constructor(connect: EngineParts['connect']) {
    this.client = connect((response) => this.hear(response))
    this.post = (request) => this.client.post(request)
  }

  /** The run that it has comes to no frames then. */
  end(): void {
    this.giveUp()
    this.client.dispose()
  }

  /**
   * Frames up to a time: all of a line, whose picture shows them, else the last one.
   * @returns why there are none, where the run fails
   */
  run(scenario: Scenario, time: number, onProgress: (fraction: number) => void): Promise<StoredFrame[] | string> {
    const run = ++this.count
    const all = scenario.macro.dimension === 1
    return new Promise((resolve) => {
      let frames: StoredFrame[] = []
      let model: StoredFrame['model'] | undefined
      this.giveUp = () => resolve([])
      this.hear = (response) => {
        if (response.kind === 'failed') resolve(formatProblems(response.problems, 200))
        if (!('run' in response) || response.run !== run) return
        if (response.kind === 'model') model = response.model
        if (response.kind === 'end') resolve(frames)
        if (response.kind !== 'frame' || !model) return
        const { frame } = response
        const { index, t: reached, observables, stats } = frame
        frames = [...(all ? frames : []), { index, t: reached, observables, stats, model, full: frame }]
        const over = reached >= time * (1 - 1e-9)
        onProgress(over ? 1 : reached / time)
        if (over) resolve(frames)
        else this.post({ kind: 'credit', run, frames: 1 })
      }
      this.post({ kind: 'start', run, scenario })
    })
  }
}
