/**
 * Where in the run the picture is; dragging it back shows earlier frames. Running from there drops the later ones,
 * forking there keeps them as a branch.
 */
import { t, tSaid } from '../../language/language.ts'
import { fixed, number, timeUnit } from '../ground/format.ts'
import { unitsOf } from '../ground/house.ts'
import { IconButton } from '../kit/controls.tsx'
import { ForkIcon } from '../kit/icons.tsx'
import { later } from '../kit/later.tsx'
import { Slider } from '../kit/Slider.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { StoredFrame } from '../store/frames.ts'
import { finished } from '../store/runs.ts'

const StepsControl = later(() => import('../battery/StepsControl.tsx'))
const BranchChips = later(() => import('../judge/BranchChips.tsx'))

export function TimeSlider() {
  const { branches, engine } = useSession()
  const shown = useLab((s) => s.shown)
  const count = useLab((s) => s.frameCount)
  const time = useLab((s) => s.time)
  const status = useLab((s) => s.status)
  const scenario = useScenario()
  const { end, frames } = scenario.time
  const over = useLab(finished)
  const known = useLab((s) => s.model !== undefined)
  const span = useLab((s) => s.model?.span) ?? end
  const last = engine.frames.last?.t ?? 0
  // A run that ended as it began is measured by what it could have taken.
  const scale = (over && last) || span
  const unit = timeUnit(scale, unitsOf(scenario))
  const now = fixed(time / unit.factor, scale / unit.factor < 20 ? 2 : 1)
  // A protocol may end before the time that it can take at most.
  const values = { now, end: number(span / unit.factor, 3), unit: unit.unit }
  const whole = span < end ? t('{now} of at most {end} {unit}', values) : t('{now} of {end} {unit}', values)
  const text = over ? `${now} ${unit.unit}` : known ? whole : `0 ${unit.unit}`
  // Frames of a protocol follow its steps: how many there will be is told by the time that they have taken so far.
  const expected = span < end ? (last > 0 ? Math.round(((count - 1) * span) / last) : frames) : frames
  const ending = useLab((s) => (s.status === 'ended' ? s.summary?.ending : undefined))
  const step = (ending && tSaid(ending)) ?? stepText(engine.frames.entries[shown])
  return (
    <>
      <div className="time">
        <Slider
          aria-label={t('Time')}
          aria-valuetext={text}
          min={0}
          max={Math.max(1, count - 1, over ? 0 : expected)}
          value={Math.max(0, shown)}
          disabled={count < 2}
          onSlide={(position) => engine.rewind(position)}
        />
        <span className="time-text">
          {text}
          {shown < count - 1 && <span className="badge">{t('rewound')}</span>}
          {status === 'ended' && <span className="badge">{t('end')}</span>}
          {status === 'failed' && <span className="badge warn">{t('stopped')}</span>}
        </span>
        <IconButton label={t('Fork here')} hotkey="F" disabled={count < 2} onClick={() => branches.fork()}>
          <ForkIcon />
        </IconButton>
      </div>
      {step && (
        <div className="step-line">
          <p className="hint step-text" aria-live="polite">
            {step}
          </p>
          <StepsControl />
        </div>
      )}
      <BranchChips />
    </>
  )
}

/** Which step of the protocol runs, where there are several. */
function stepText(entry: StoredFrame | undefined): string | undefined {
  const labels = entry?.model.stepLabels ?? []
  if (!entry || labels.length < 2) return undefined
  const step = entry.observables[entry.model.observables.findIndex((o) => o.name === 'step')]
  return step === undefined
    ? undefined
    : t('step {step} of {n}: {label}', { step, n: labels.length, label: tSaid(labels[step - 1] ?? '') })
}
