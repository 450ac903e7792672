/** The macroscale: a field on Ω, now. */

import { t } from '../../language/language.ts'
import { familyOf } from '../ground/house.ts'
import { JudgeBar } from '../judge/JudgeBar.tsx'
import { MicroscopeButton } from '../judge/MicroscopeButton.tsx'
import { HatchLegend, ValidityGauge } from '../judge/ValidityGauge.tsx'
import { Choice, IconButton, Segments, TextButton } from '../kit/controls.tsx'
import { BrushIcon, TrashIcon } from '../kit/icons.tsx'
import { later } from '../kit/later.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Slider } from '../kit/Slider.tsx'
import { useJudgeView, useLab, useScenario, useSession } from '../session/context.ts'
import { toggleBrush } from '../store/brush.ts'
import { quantitiesOf } from '../store/quantities.ts'
import { Pictures } from './Pictures.tsx'
import { TimeSlider } from './TimeSlider.tsx'
import { Transport } from './Transport.tsx'

const BrushBar = later(() => import('../stage/BrushBar.tsx'))

const MicroscopeBar = later(() => import('../judge/MicroscopeBar.tsx'))

export function StagePanel() {
  const { lab } = useSession()
  const scenario = useScenario()
  const family = familyOf(scenario)
  const model = useLab((s) => s.model)
  const field = useLab((s) => s.field)
  const brushing = useLab((s) => s.brush.active)
  const probes = useLab((s) => s.probes.length)
  const raised = useLab((s) => s.raised)
  const cuts = useLab((s) => s.cuts)
  const lens = useJudgeView((s) => s.lens)
  const solid = useLab((s) => s.model?.resolved?.macro.dimension === 3)
  const level = useLab((s) => s.chrome)
  const { dimension } = scenario.macro
  const actions = (
    <>
      {level === 'minimal' && <Transport />}
      {model && (
        <Choice
          label={t('Field')}
          value={field}
          options={quantitiesOf(model).map((f, i) => ({
            value: f.name,
            label: i < 9 ? `${i + 1}  ${t(f.label)}` : f.label,
            under: f.under,
          }))}
          onChange={(name) => lab.setState({ field: name })}
        />
      )}
      {dimension === 2 && (
        <Segments
          label={t('Shown as')}
          value={raised ? 'height' : 'map'}
          options={[
            { value: 'map', label: t('Map') },
            { value: 'height', label: t('Surface') },
          ]}
          onChange={(v) => lab.setState({ raised: v === 'height' })}
        />
      )}
      <MicroscopeButton />
      {family.stimuli.length > 0 && (
        <IconButton label={t('Brush: apply a stimulus')} pressed={brushing} onClick={() => toggleBrush(lab)}>
          <BrushIcon />
        </IconButton>
      )}
      {probes > 0 && (
        <IconButton label={t('Remove all probes')} onClick={() => lab.setState({ probes: [] })}>
          <TrashIcon />
        </IconButton>
      )}
    </>
  )
  return (
    <Panel
      title={level === 'full' ? t(family.label) : t(scenario.title)}
      actions={level === 'picture' ? undefined : actions}
      className="stage-panel"
    >
      <div className="judge-row">
        {level === 'full' && <JudgeBar />}
        <div className="gauge">
          <HatchLegend />
          {level !== 'picture' && <ValidityGauge />}
        </div>
      </div>
      {brushing && <BrushBar />}
      {lens && <MicroscopeBar />}
      <Pictures raised={raised} cuts={cuts} lens={lens} />
      {(dimension === 3 || solid) && <Cuts cuts={cuts} onChange={(next) => lab.setState({ cuts: next })} />}
      {level === 'picture' ? <Replay /> : <TimeSlider />}
    </Panel>
  )
}

/** Of a picture alone: one button. */
function Replay() {
  const { engine } = useSession()
  const status = useLab((s) => s.status)
  const again = status === 'ended'
  return (
    <TextButton onClick={() => (again ? engine.restart() : engine.toggle())}>
      {again ? t('Replay') : status === 'running' ? t('Pause') : t('Run')}
    </TextButton>
  )
}

function Cuts({ cuts, onChange }: { cuts: readonly number[]; onChange: (cuts: number[]) => void }) {
  const { lab } = useSession()
  const level = useLab((s) => s.level ?? 0)
  return (
    <div className="cuts">
      {['x', 'y', 'z'].map((name, axis) => (
        <span key={name}>
          {t('slice {name}', { name })}
          <Slider
            aria-label={t('slice {name}', { name })}
            min={0}
            max={1}
            step={0.01}
            value={cuts[axis] ?? 0}
            onSlide={(at) => onChange(cuts.map((c, i) => (i === axis ? at : c)))}
          />
        </span>
      ))}
      <span>
        {t('isosurface')}
        <Slider
          aria-label={t('isosurface, a part of the range of colours; 0 for none')}
          min={0}
          max={1}
          step={0.01}
          value={level}
          onSlide={(at) => lab.setState({ level: at > 0 ? at : undefined })}
        />
      </span>
    </div>
  )
}
