/**
 * Where in the run the picture is; dragging it back shows earlier frames. Running from there drops the later ones,
 * forking there keeps them as a branch.
 */
import { fixed, number, timeUnit } from '../format.ts'
import { BranchChips } from '../judge/BranchChips.tsx'
import { IconButton } from '../panels/controls.tsx'
import { ForkIcon } from '../panels/icons.tsx'
import { branches, engine, useLab, useScenario } from '../session.ts'

export function TimeSlider() {
  const shown = useLab((s) => s.shown)
  const count = useLab((s) => s.frameCount)
  const time = useLab((s) => s.time)
  const status = useLab((s) => s.status)
  const { end, frames } = useScenario().time
  const unit = timeUnit(end)
  const text = `${fixed(time / unit.factor, end / unit.factor < 20 ? 2 : 1)} of ${number(end / unit.factor)} ${unit.unit}`
  return (
    <>
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
        <IconButton label="Fork here" hotkey="F" disabled={count < 2} onClick={() => branches.fork()}>
          <ForkIcon />
        </IconButton>
      </div>
      <BranchChips />
    </>
  )
}
