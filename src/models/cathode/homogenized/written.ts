/**
 * A start that is written (models/profile.ts): salt over the box with its separator, and how full the first material is in
 * the cathode; a second one has everywhere the voltage of the first. A model takes both where it has its unknowns.
 */
import { t } from '../../../language/language.ts'
import { InputError } from '../../../parameter.ts'
import type { MacroSpec } from '../../family.ts'
import { namesAcross, readFields, refuseNotPositive, type Written } from '../../profile.ts'
import { placeOf } from '../equations/grid.ts'
import { kineticLimit } from '../equations/materials.ts'
import type { CathodeSetting, Kind, VaryingStart } from '../equations/setting.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { EMPTIEST } from '../parameters/start.ts'
import { besideFirst } from './start.ts'

const TEXTS = ['start_c', 'start_y'] as const
/** Of the limits of a filling, as parameters have it. */
const SLACK = 1e-9

/** A text that varies across the cell, by its name. */
export function variesAcross(v: CathodeValues): (typeof TEXTS)[number] | undefined {
  return v.start_from === 'written' ? TEXTS.find((name) => namesAcross(v[name])) : undefined
}

/**
 * Takes what is written into a setting of a grid, its means by volume beside.
 * @throws InputError for what cannot be read, or is out of its limits at a node
 */
export function takeWritten(setting: CathodeSetting, v: CathodeValues, macro: MacroSpec): void {
  if (v.start_from !== 'written') return
  const texts = TEXTS.map((name, k) => ({ k, text: v[name], path: `parameters.${name}`, unit: 1 }))
  const own = readFields(texts, macro)
  const [salt, filling] = [own.get(0), own.get(1)]
  if (!salt && !filling) return
  const { grid, cathode, along, separator, second } = setting
  const fillings = filling && [
    filling,
    ...(second ? [(place: ArrayLike<number>) => besideFirst(v, filling(place))] : []),
  ]
  setting.start = {
    ...(salt ? { salt: (place) => salt(place) / v.c0 } : {}),
    ...(fillings ? { fillings } : {}),
  }
  const nodes = Array.from({ length: grid.nodes }, (_, p) => p)
  const inside = nodes.filter((p) => p % grid.columns >= grid.first)
  const places = nodes.map((p) => placeOf(grid, p))
  const cathodePlaces = inside.map((p) => places[p])
  refuseBeyond(setting, v, { salt: places, fillings: cathodePlaces })
  const electrode = (column: number) => along?.[column - grid.first] ?? cathode
  const weights = (of: readonly number[], part: (column: number) => number) =>
    of.map((p) => part(p % grid.columns) * grid.width[p % grid.columns])
  if (setting.start.salt) {
    const pores = weights(nodes, (column) => (column < grid.first ? separator : electrode(column)).p)
    setting.salt0 = meanOf(places.map(setting.start.salt), pores)
  }
  fillings?.forEach((of, k) => {
    const own = ({ second: other = false }: Kind) => other === (k === 1)
    const fraction = (column: number) => electrode(column).kinds.reduce((q, kind) => q + (own(kind) ? kind.q : 0), 0)
    const material = k === 1 && second ? second : setting
    material.filling0 = meanOf(cathodePlaces.map(of), weights(inside, fraction))
  })
  setting.start = varyingOf(setting.start, { salt: places, fillings: cathodePlaces })
}

/** What of a start differs from place to place: a number that is written out varies no more than the parameter. */
function varyingOf({ salt, fillings }: VaryingStart, places: Places): VaryingStart | undefined {
  const varies = (of: Written | undefined, where: Places['salt']) => {
    const [least, most] = of ? range(where.map(of)) : [0, 0]
    return most > least
  }
  const start = {
    ...(varies(salt, places.salt) ? { salt } : {}),
    ...(varies(fillings?.[0], places.fillings) ? { fillings } : {}),
  }
  return start.salt || start.fillings ? start : undefined
}

/** Places of unknowns in the box, parts of its sides. */
export interface Places {
  salt: readonly ArrayLike<number>[]
  fillings: readonly ArrayLike<number>[]
}

/** @throws InputError where a varying start is out of its limits */
export function refuseBeyond(setting: CathodeSetting, v: CathodeValues, places: Places): void {
  const { salt, fillings }: VaryingStart = setting.start ?? {}
  if (salt) {
    const [least, most] = range(places.salt.map(salt))
    refuseNotPositive(least * v.c0, 'parameters.start_c')
    if (most >= kineticLimit(setting))
      throw new InputError([
        {
          path: 'parameters.start_c',
          message: t(
            'got up to {most} mM; the salt must stay below the largest concentration of these kinetics, {limit} mM',
            {
              most: number(most * v.c0),
              limit: v.c_pm,
            },
          ),
        },
      ])
  }
  if (!fillings) return
  const [least, most] = range(places.fillings.map(fillings[0]))
  const [low, high] = [EMPTIEST, 1 - EMPTIEST]
  if (least >= low * (1 - SLACK) && most <= high * (1 + SLACK)) return
  throw new InputError([
    {
      path: 'parameters.start_y',
      message: t(
        'got fillings from {least} to {most}; they must lie between {low} and {high} everywhere in the cathode',
        {
          least: number(least),
          most: number(most),
          low,
          high,
        },
      ),
    },
  ])
}

const number = (value: number) => Number(value.toPrecision(4))

function range(values: readonly number[]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

/** Weighted; of equal values exactly that. */
function meanOf(values: readonly number[], weights: readonly number[]): number {
  const whole = weights.reduce((a, b) => a + b, 0)
  const mean = values.reduce((sum, value, k) => sum + value * weights[k], 0) / whole
  const [least, most] = range(values)
  return Math.min(Math.max(mean, least), most)
}
