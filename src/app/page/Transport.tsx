import { msg, t } from '../../language/language.ts'
import { Choice, IconButton } from '../kit/controls.tsx'
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../kit/icons.tsx'
import { useLab, useSession } from '../session/context.ts'
import { SPEEDS } from '../store/lab.ts'
import { finished } from '../store/runs.ts'

const STATUS = {
  running: msg('running'),
  paused: msg('paused'),
  ended: msg('at its end'),
  failed: msg('stopped by a problem'),
} as const

export function Transport() {
  const { engine, lab } = useSession()
  const status = useLab((s) => s.status)
  const speed = useLab((s) => s.speed)
  const running = status === 'running'
  const over = useLab(finished)
  return (
    <fieldset className="transport">
      <legend className="visually-hidden">{t('Run, {status}', { status: t(STATUS[status]) })}</legend>
      <IconButton
        className="primary"
        label={running ? t('Pause') : over ? t('Run again') : status === 'ended' ? t('Run on') : t('Run')}
        hotkey="Space"
        onClick={() => engine.toggle()}
      >
        {running ? <PauseIcon /> : <PlayIcon />}
      </IconButton>
      <IconButton
        label={over ? t('One frame: the protocol has ended') : t('One frame')}
        hotkey="."
        disabled={over}
        onClick={() => engine.step()}
      >
        <StepIcon />
      </IconButton>
      <IconButton label={t('Reset')} hotkey="R" onClick={() => engine.restart()}>
        <ResetIcon />
      </IconButton>
      <Choice
        label={t('Speed')}
        value={String(speed)}
        options={SPEEDS.map((s) => ({
          value: String(s),
          label: Number.isFinite(s) ? t('{n} frames/s', { n: s }) : t('full speed'),
        }))}
        onChange={(value) => lab.setState({ speed: Number(value) })}
      />
    </fieldset>
  )
}
