import { Choice, IconButton } from '../kit/controls.tsx'
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../kit/icons.tsx'
import { useLab, useSession } from '../session/context.ts'
import { SPEEDS } from '../store/lab.ts'
import { finished } from '../store/runs.ts'

const STATUS = { running: 'running', paused: 'paused', ended: 'at its end', failed: 'stopped by a problem' } as const

export function Transport() {
  const { engine, lab } = useSession()
  const status = useLab((s) => s.status)
  const speed = useLab((s) => s.speed)
  const running = status === 'running'
  const over = useLab(finished)
  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Run, {STATUS[status]}</legend>
      <IconButton
        className="primary"
        label={running ? 'Pause' : over ? 'Run again' : status === 'ended' ? 'Run on' : 'Run'}
        hotkey="Space"
        onClick={() => engine.toggle()}
      >
        {running ? <PauseIcon /> : <PlayIcon />}
      </IconButton>
      <IconButton
        label={over ? 'One frame: the protocol has ended' : 'One frame'}
        hotkey="."
        disabled={over}
        onClick={() => engine.step()}
      >
        <StepIcon />
      </IconButton>
      <IconButton label="Reset" hotkey="R" onClick={() => engine.restart()}>
        <ResetIcon />
      </IconButton>
      <Choice
        label="Speed"
        value={String(speed)}
        options={SPEEDS.map((s) => ({ value: String(s), label: Number.isFinite(s) ? `${s} frames/s` : 'full speed' }))}
        onChange={(value) => lab.setState({ speed: Number(value) })}
      />
    </fieldset>
  )
}
