/**
 * `impedance SCENARIO --from 1e-3 --to 1e5 --points 60 [--at TIME]`: the small-signal impedance as CSV, at the start of
 * the scenario or in the state that it has come to at a time [s].
 */

import { finish } from '../finish.ts'
import { identify, remarks } from '../record/identity.ts'
import { frequencyList } from '../simulation/impedance.ts'
import { phase } from '../simulation/impedanceCurves.ts'
import { spectrum } from '../simulation/spectrum.ts'
import { loadScenario, readArguments, usage } from './input.ts'

const HEADING = 'frequency [Hz],Re Z [Ω m²],Im Z [Ω m²],|Z| [Ω m²],phase [deg]'

export function impedanceCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['from', 'to', 'points', 'at'], ['record'])
  const { name, scenario } = loadScenario(word)
  const number = (option: string, otherwise: number) => {
    const value = options[option] === undefined ? otherwise : Number(options[option])
    if (Number.isNaN(value)) throw usage(`got --${option} ${options[option]}; must be a number; try ${otherwise}`)
    return value
  }
  const frequencies = frequencyList(number('from', 1e-3), number('to', 1e5), number('points', 60))
  const at = number('at', 0)
  if (!(at >= 0 && Number.isFinite(at)))
    throw usage(`got --at ${options.at}; must be a time in seconds from 0 on; try ${scenario.time.end}`)
  let tenth = 0
  const { points, warning } = finish(spectrum(scenario, frequencies, at), (event) => {
    if (event.kind === 'notice') console.error(`${name}: ${event.notice.message}`)
    if (event.kind !== 'progress' || event.stage !== 'impedance' || 10 * event.fraction < tenth + 1) return
    tenth = Math.floor(10 * event.fraction)
    console.error(`${name}: ${10 * tenth} %`)
  })
  if (warning) console.error(`${name}: ${warning}`)
  const rows = points.map((p) =>
    [p.frequency, p.re, p.im, Math.hypot(p.re, p.im), phase(p)].map((v) => Number(v.toPrecision(10))).join(','),
  )
  const head = options.record === undefined ? '' : remarks(identify([{ frame: 0, scenario }]))
  return head + [HEADING, ...rows].join('\n')
}
