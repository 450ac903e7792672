/** Why no step succeeds: an ion is used up. */
import { t } from '../../language/language.ts'
import type { Cells } from './kinds.ts'
import { K_E, NA_E } from './layout.ts'
import type { TransportSetting } from './transport.ts'

/** A concentration below this is called used up when no step succeeds, mol/m³. */
const DEPLETED = 0.5

/** A conductance below this part of another is none. */
const LEAKLESS = 1e-3

/** Which ion is used up, and where; undefined where none is. @param time s */
export function usedUp(
  setting: TransportSetting,
  cells: readonly Cells[],
  time: number,
  u: Float64Array,
): { message: string; advice: string[] } | undefined {
  const { net, fixedE, drive } = setting
  const n = net.nodes
  const chloride = (na: number, k: number, fixed: number) => (p: number) => u[na * n + p] + u[k * n + p] + fixed
  const ions: [string, (p: number) => number][] = [
    ['Cl outside', chloride(NA_E, K_E, fixedE)],
    ['Na outside', (p) => u[NA_E * n + p]],
    ['K outside', (p) => u[K_E * n + p]],
    ...cells.flatMap(({ slots, fixed }): [string, (p: number) => number][] => [
      ['Cl inside', chloride(slots.na, slots.k, fixed)],
      ['Na inside', (p) => u[slots.na * n + p]],
      ['K inside', (p) => u[slots.k * n + p]],
    ]),
  ]
  for (const [name, concentration] of ions) {
    for (let p = 0; p < n; p++) {
      if (concentration(p) > DEPLETED) continue
      const electrode = drive.current !== 0
      const at = `x = ${(net.position[3 * p] * 1e6).toFixed(0)} µm`
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
