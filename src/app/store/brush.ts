/** The brush in or out of the hand. */
import { familyOf } from '../ground/house.ts'
import { current, type Lab } from './lab.ts'

export function toggleBrush(target: Lab): void {
  target.setState((s) => {
    const scenario = current(s)
    const kind = familyOf(scenario).stimuli.find((k) => k.name === s.brush.kind) ?? familyOf(scenario).stimuli[0]
    if (!kind) return {}
    const fresh =
      s.brush.kind === kind.name
        ? s.brush
        : { ...s.brush, kind: kind.name, amount: kind.amount.value, duration: kind.duration }
    const radius = fresh.radius || Number((Math.max(...scenario.macro.size) / 12).toPrecision(1))
    return { brush: { ...fresh, radius, active: !s.brush.active } }
  })
}
