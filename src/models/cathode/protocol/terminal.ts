/**
 * What the present step of a protocol holds at the terminals, as one algebraic row with its derivatives: the current
 * (which may follow a table), the voltage (which may change at a constant rate) or the power. `sum` is the sum of all
 * reactions, minus the current.
 */
import { currentAt } from './drive.ts'
import { type Step, slope } from './protocol.ts'

export interface TerminalRow {
  value: number
  bySum: number
  byV: number
}

export interface Terminals {
  /** RT/F, V. */
  thermal: number
  /** Contact resistance, Ohm m². */
  contact: number
}

/**
 * @param elapsed time since the start of the step, s
 * @param V potential of the collector, and at the terminals when the step started, V
 * @param sum A/m²
 * @param row receives the row: A/m², over RT/F where a voltage is held, W/m² where a power is; derivatives by V in RT/F
 */
export function holdStep(
  step: Step | undefined,
  { thermal, contact }: Terminals,
  elapsed: number,
  V: number,
  startV: number,
  sum: number,
  row: TerminalRow,
): void {
  // A step that holds something else does not compile before it has its row.
  const { hold } = step ?? { hold: 'current' }
  switch (hold) {
    case 'current':
    case 'profile':
      row.value = -sum - (step?.hold === 'profile' ? currentAt(step.profile, elapsed) : (step?.value ?? 0))
      row.bySum = -1
      row.byV = 0
      return
    case 'voltage': {
      const held = (step?.value ?? startV) + (step ? slope(step, startV) * elapsed : 0)
      row.value = (held - V - sum * contact) / thermal
      row.bySum = -contact / thermal
      row.byV = -1
      return
    }
    case 'power':
      row.value = -sum * (V + sum * contact) - (step?.value ?? 0)
      row.bySum = -(V + 2 * sum * contact)
      row.byV = -sum * thermal
      return
    default:
      hold satisfies never
  }
}
