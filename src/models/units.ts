/** Units of electrochemistry by their symbols, and what kind of quantity their products are. */

/**
 * Units of the values in SI; a rate in multiples of 1C, shares of the capacity and states of charge in parts of one; kelvin
 * is a temperature.
 */
export type Kind =
  | 'rate'
  | 'current'
  | 'current density'
  | 'specific current'
  | 'power'
  | 'power density'
  | 'specific power'
  | 'voltage'
  | 'sweep rate'
  | 'time'
  | 'charge'
  | 'charge density'
  | 'specific charge'
  | 'state of charge'
  | 'share'
  | 'percent'
  | 'kelvin'
  | 'resistance'
  | 'area resistance'
  | 'frequency'
  | 'energy'
  | 'number'
  | 'unknown'

/** Exponents of A, V, m, kg, s. */
export type Dimension = readonly [number, number, number, number, number]
export interface Unit {
  factor: number
  dimension: Dimension
}

const KINDS: Record<string, Kind> = {
  '1,0,0,0,0': 'current',
  '1,0,-2,0,0': 'current density',
  '1,0,0,-1,0': 'specific current',
  '1,1,0,0,0': 'power',
  '1,1,-2,0,0': 'power density',
  '1,1,0,-1,0': 'specific power',
  '0,1,0,0,0': 'voltage',
  '0,1,0,0,-1': 'sweep rate',
  '0,0,0,0,1': 'time',
  '1,0,0,0,1': 'charge',
  '1,0,-2,0,1': 'charge density',
  '1,0,0,-1,1': 'specific charge',
  '-1,1,0,0,0': 'resistance',
  '-1,1,2,0,0': 'area resistance',
  '0,0,0,0,-1': 'frequency',
  '1,1,0,0,1': 'energy',
}

/** Units by their symbols and words, lower case. */
export const UNITS = units()

function units(): ReadonlyMap<string, Unit> {
  const map = new Map<string, Unit>()
  const put = (names: string, factor: number, ...dimension: Dimension) => {
    for (const name of names.split(' ')) map.set(name, { factor, dimension })
  }
  const PREFIXES = { '': 1, m: 1e-3, µ: 1e-6, u: 1e-6, n: 1e-9, k: 1e3 }
  for (const [prefix, size] of Object.entries(PREFIXES)) {
    put(`${prefix}a ${prefix}amp ${prefix}amps`, size, 1, 0, 0, 0, 0)
    put(`${prefix}v`, size, 0, 1, 0, 0, 0)
    put(`${prefix}w`, size, 1, 1, 0, 0, 0)
    put(`${prefix}ah`, 3600 * size, 1, 0, 0, 0, 1)
    put(`${prefix}wh`, 3600 * size, 1, 1, 0, 0, 1)
    put(`${prefix}ohm ${prefix}ohms ${prefix}ω`, size, -1, 1, 0, 0, 0)
    put(`${prefix}hz`, size, 0, 0, 0, 0, -1)
    put(`${prefix}g`, 1e-3 * size, 0, 0, 0, 1, 0)
    if (size <= 1) put(`${prefix}m`, size, 0, 0, 1, 0, 0)
    if (size < 1) put(`${prefix}s`, size, 0, 0, 0, 0, 1)
  }
  put('cm', 1e-2, 0, 0, 1, 0, 0)
  put('ampere amperes', 1, 1, 0, 0, 0, 0)
  put('volt volts', 1, 0, 1, 0, 0, 0)
  put('hertz', 1, 0, 0, 0, 0, -1)
  put('watt watts', 1, 1, 1, 0, 0, 0)
  put('gram grams', 1e-3, 0, 0, 0, 1, 0)
  put('s sec secs second seconds', 1, 0, 0, 0, 0, 1)
  put('min mins minute minutes', 60, 0, 0, 0, 0, 1)
  put('h hr hrs hour hours', 3600, 0, 0, 0, 0, 1)
  put('d day days', 86400, 0, 0, 0, 0, 1)
  put('week weeks', 604800, 0, 0, 0, 0, 1)
  return map
}

/** What a unit measures. */
export function kindOf({ dimension }: Unit): Kind {
  return KINDS[dimension.join()] ?? 'unknown'
}

/** a b^power. */
export function times(a: Unit, b: Unit, power: number): Unit {
  const [A, V, m, kg, s] = a.dimension.map((e, k) => e + power * b.dimension[k])
  return { factor: a.factor * b.factor ** power, dimension: [A, V, m, kg, s] }
}
