/** Where in the run the picture is; dragging it back shows earlier frames, and running from there starts anew. */
import { fixed, number, timeUnit } from '../format.ts'
import { engine, useLab, useScenario } from '../session.ts'

export function TimeSlider() {
  const shown = useLab((s) => s.shown)
  const count = useLab((s) => s.frameCount)
  const time = useLab((s) => s.time)
  const status = useLab((s) => s.status)
  const { end, frames } = useScenario().time
  const unit = timeUnit(end)
  const text = `${fixed(time / unit.factor, end / unit.factor < 20 ? 2 : 1)} of ${number(end / unit.factor)} ${unit.unit}`
  return (
    <div className="time">
      <input
        type="range"
        aria-label="Time"
        aria-valuetext={text}
        min={0}
        max={Math.max(1, count - 1, frames)}
        value={Math.max(0, shown)}
        disabled={count < 2}
        onChange={(event) => engine.rewind(Number(event.currentTarget.value))}
      />
      <output className="time-text">
        {text}
        {shown < count - 1 && <span className="badge">rewound</span>}
        {status === 'ended' && <span className="badge">end</span>}
        {status === 'failed' && <span className="badge warn">stopped</span>}
      </output>
    </div>
  )
}
