/** Why no step succeeds: an ion is used up. */
import { t } from '../../language/language.ts'
import { number } from '../../words.ts'
import type { Cells } from './kinds.ts'
import { K_E, NA_E } from './layout.ts'
import type { TissueNet } from './net.ts'
import type { Swelling } from './swelling.ts'
import type { TransportSetting } from './transport.ts'

/** A concentration below this is called used up when no step succeeds, mol/m³. */
const DEPLETED = 0.5

/** Cells are at an end of their range when no step succeeds within this part of it. */
const AT_LIMIT = 0.02

/** A conductance below this part of another is none. */
const LEAKLESS = 1e-3

/** Which ion is used up, and where; undefined where none is. @param time s */
export function usedUp(
  { setting, cells, chargeE }: { setting: TransportSetting; cells: readonly Cells[]; chargeE: Float64Array },
  time: number,
  u: Float64Array,
): { message: string; advice: string[] } | undefined {
  const { net, drive } = setting
  const n = net.nodes
  const chloride = (na: number, k: number, charge: Float64Array) => (p: number) =>
    u[na * n + p] + u[k * n + p] + charge[p]
  const ions: [string, (p: number) => number][] = [
    ['Cl outside', chloride(NA_E, K_E, chargeE)],
    ['Na outside', (p) => u[NA_E * n + p]],
    ['K outside', (p) => u[K_E * n + p]],
    ...cells.flatMap(({ slots, charge }): [string, (p: number) => number][] => [
      ['Cl inside', chloride(slots.na, slots.k, charge)],
      ['Na inside', (p) => u[slots.na * n + p]],
      ['K inside', (p) => u[slots.k * n + p]],
    ]),
  ]
  for (const [name, concentration] of ions) {
    for (let p = 0; p < n; p++) {
      if (concentration(p) > DEPLETED) continue
      const electrode = drive.current !== 0
      const at = placeOf(net, p)
      return {
        message: t('{name} is used up at {at}{what}', {
          name: t(name),
          at,
          what: electrode ? t(': the limiting current of the electrodes is reached') : '',
        }),
        advice: electrode
          ? [t('reduce the applied current'), t('use salt-bridge electrodes'), t('shorten the pulse')]
          : remedies(setting, name, time, p),
      }
    }
  }
  return undefined
}

const placeOf = ({ position }: TissueNet, p: number) => `x = ${(position[3 * p] * 1e6).toFixed(0)} µm`

/**
 * Where cells that breathe are at an end of their range; undefined where none are.
 * @param volumes of the cells over those at rest
 * @param parts of the tissue at rest
 */
export function atLimit(
  { net }: TransportSetting,
  { inside: volumes }: { inside: Float64Array },
  { least, most }: Swelling,
  parts: { inside: number; outside: number },
): { message: string; advice: string[] } | undefined {
  const near = AT_LIMIT * (most - least)
  const swollen = volumes.findIndex((s) => most - s < near)
  const shrunk = volumes.findIndex((s) => s - least < near)
  if (swollen < 0 && shrunk < 0) return undefined
  const p = swollen >= 0 ? swollen : shrunk
  const part = volumes[p] * parts.inside
  const said = {
    at: placeOf(net, p),
    part: number(100 * part, 3),
    space: number(100 * (parts.inside + parts.outside - part), 3),
  }
  const weaker = [t('reduce the stimulus'), t('lower L_p: the water takes longer')]
  if (swollen >= 0)
    return {
      message: t(
        'the cells at {at} have swollen to the end of their range: they fill {part} % of the tissue and leave {space} % between them',
        said,
      ),
      advice: [...weaker, t('let the range of breathing go on to larger cells, if they do not touch there')],
    }
  return {
    message: t(
      'the cells at {at} have lost water to the end of their range: {part} % of the tissue is left of them',
      said,
    ),
    advice: [...weaker, t('let the range of breathing go on to smaller cells')],
  }
}

/** What refills what a membrane has used up at node p: the leak or the pump that is missing there, or a weaker stimulus. */
function remedies({ membrane, drive }: TransportSetting, ion: string, time: number, p: number): string[] {
  const list: string[] = []
  // The pump takes sodium out and potassium in; only leaks bring them back.
  if (ion === 'Na inside' && drive.conductanceNa[p] < LEAKLESS * drive.conductanceK[p])
    list.push(t('raise G_Na: without it the pump empties the cells of sodium'))
  if (ion === 'K outside' && drive.conductanceK[p] < LEAKLESS * drive.conductanceCl[p])
    list.push(t('raise G_K: without it the pump takes all potassium into the cells'))
  const pumped = drive.pump[p] > 0 && membrane.parameters.pump.some(({ maximum }) => maximum > 0)
  if (!pumped) list.push(t('restore the pump'))
  if (drive.disturbed(time)) list.push(t('reduce the stimulus'))
  return [...list, t('rewind and continue from an earlier moment')]
}
