/** The settings of a scenario (`simulation/scenario.ts`) as fields of the form: units that read best, and what a change does. */
import { msg } from '../../language/language.ts'
import { parameterInUnits, type ReducedUnits } from '../../models/reduced.ts'
import { type Parameter, snap, type Value } from '../../parameter.ts'
import {
  type Scenario,
  type Setting as Schema,
  settings as schemas,
  settingOf,
  withSetting,
} from '../../simulation/scenario.ts'
import { lengthUnit, timeUnit } from '../ground/format.ts'
import { unitsOf } from '../ground/house.ts'
import { type Change, setCell } from '../store/edits.ts'

export interface Setting {
  parameter: Parameter
  value: Value
  set: (value: Value) => Change
}

/** What the settings of the run mean where the steps of a protocol end it. */
const UNDER_PROTOCOL: Readonly<Record<string, Partial<Parameter>>> = {
  end: { label: msg('Longest run: the protocol may end it earlier'), symbol: 't_\\mathrm{max}' },
  frames: { label: msg('Frames, about') },
}

/** @param protocol its steps end the run, so that the time is only a bound */
export function settings(scenario: Scenario, protocol: boolean): Setting[] {
  const units = unitsOf(scenario)
  return schemas(scenario).map((schema) => {
    const value = settingOf(scenario, schema.path) as Value
    return {
      parameter: shown(schema, value, protocol, units),
      value,
      set: (v) => change(schema, v),
    }
  })
}

/** In the unit that reads best; the value in use is the one to go back to. */
function shown({ parameter }: Schema, value: Value, protocol: boolean, units: ReducedUnits | undefined): Parameter {
  const p = { ...parameter, value, ...(protocol ? UNDER_PROTOCOL[parameter.name] : {}) } as Parameter
  if (p.kind !== 'number') return p
  if (units) return parameterInUnits(p, units)
  if (p.unit === 'm') return { ...p, ...lengthUnit(p.value) }
  return p.unit === 's' ? { ...p, ...timeUnit(p.value) } : p
}

/** What belongs to the cell is changed as an edit of the cell is. */
function change({ path, parameter }: Schema, value: Value): Change {
  const taken = parameter.kind === 'number' ? snap(parameter, Number(value)) : value
  if (path[0] === 'cell') return setCell({ [path[1]]: taken })
  return (scenario) => withSetting(scenario, path, taken)
}
