/** N = L / l of the resolved model that runs beside; 0 for none. */
import type { Change } from '../store/edits.ts'

export function setRepeat(repeat: number): Change {
  return (s) => ({
    ...s,
    micro: { resolution: 16, ...s.micro, repeat: repeat === 0 ? undefined : repeat },
  })
}
