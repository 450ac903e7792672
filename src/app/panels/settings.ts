/** Settings of the box, the run and the cell as parameters, so that one form draws and checks everything. */
import type { NumberParameter, Value } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { lengthUnit, timeUnit } from '../format.ts'
import { type Change, setCell } from '../store/edits.ts'

export interface Setting {
  parameter: NumberParameter
  value: number
  set: (value: Value) => Change
}

const AXES = ['x', 'y', 'z']
const MOST_NODES = { 1: 2001, 2: 257, 3: 49 }
/** Cell resolutions are powers of two. */
const MOST_CELL = { 2: 256, 3: 64 }

/** @param protocol its steps end the run, so that the time is only a bound */
export function settings(scenario: Scenario, protocol: boolean): Setting[] {
  const { macro, time, cell } = scenario
  const list: Setting[] = []
  for (let axis = 0; axis < macro.dimension; axis++) {
    const unit = lengthUnit(macro.size[axis])
    list.push({
      parameter: setting(
        `size${axis}`,
        `Length of the box along ${AXES[axis]}`,
        `L_${AXES[axis]}`,
        unit.unit,
        unit.factor,
        macro.size[axis],
        1e-6,
        1,
        'log',
      ),
      value: macro.size[axis],
      set: (v) => (s) => ({
        ...s,
        macro: { ...s.macro, size: s.macro.size.map((x, i) => (i === axis ? Number(v) : x)) },
      }),
    })
    list.push({
      parameter: setting(
        `nodes${axis}`,
        `Nodes along ${AXES[axis]}`,
        `n_${AXES[axis]}`,
        '1',
        1,
        macro.nodes[axis],
        3,
        MOST_NODES[macro.dimension],
        'log',
      ),
      value: macro.nodes[axis],
      set: (v) => (s) => ({
        ...s,
        macro: { ...s.macro, nodes: s.macro.nodes.map((x, i) => (i === axis ? Math.round(Number(v)) : x)) },
      }),
    })
  }
  const unit = timeUnit(time.end)
  list.push(
    {
      parameter: setting(
        'end',
        protocol ? 'Longest run: the protocol may end it earlier' : 'End of the run',
        protocol ? 't_\\mathrm{max}' : 't_\\mathrm{end}',
        unit.unit,
        unit.factor,
        time.end,
        1e-4,
        1e9,
        'log',
      ),
      value: time.end,
      set: (v) => (s) => ({ ...s, time: { ...s.time, end: Number(v) } }),
    },
    {
      parameter: setting('frames', protocol ? 'Frames, about' : 'Frames', 'N', '1', 1, time.frames, 1, 5000, 'log'),
      value: time.frames,
      set: (v) => (s) => ({ ...s, time: { ...s.time, frames: Math.round(Number(v)) } }),
    },
    {
      parameter: setting('rtol', 'Relative tolerance', '\\mathrm{rtol}', '1', 1, time.rtol, 1e-9, 1e-2, 'log'),
      value: time.rtol,
      set: (v) => (s) => ({ ...s, time: { ...s.time, rtol: Number(v) } }),
    },
    {
      parameter: setting('cellSize', 'Period of the cell', '\\ell', 'µm', 1e-6, cell.size, 1e-9, 1e-2, 'log'),
      value: cell.size,
      set: (v) => setCell({ size: Number(v) }),
    },
    {
      parameter: setting(
        'resolution',
        'Mesh of the cell, nodes per axis',
        'n',
        '1',
        1,
        cell.resolution,
        8,
        MOST_CELL[cell.dimension],
        'log',
      ),
      value: cell.resolution,
      set: (v) => setCell({ resolution: 2 ** Math.round(Math.log2(Number(v))) }),
    },
  )
  return list
}

function setting(
  name: string,
  label: string,
  symbol: string,
  unit: string,
  factor: number,
  value: number,
  min: number,
  max: number,
  scale: 'linear' | 'log',
): NumberParameter {
  return {
    kind: 'number',
    name,
    label,
    symbol,
    unit,
    factor,
    value,
    min,
    max,
    scale,
    group: 'settings',
    source: 'Chosen with the scenario.',
  }
}
