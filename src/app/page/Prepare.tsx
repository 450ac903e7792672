/** A link for a class: what it says, what it shows and lets be set, as an address, a QR code and the code of an iframe. */

import { useEffect, useState } from 'react'
import { encode } from 'uqr'
import { LANGUAGES, language, msg, t } from '../../language/language.ts'
import { inWords, SECOND } from '../../models/reduced.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { familyOf, unitsOf } from '../ground/house.ts'
import { presets } from '../ground/presets.ts'
import { Choice, TextButton } from '../kit/controls.tsx'
import { copyText } from '../kit/copyText.ts'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { Chrome } from '../store/lab.ts'
import { fingerprint } from '../store/runs.ts'
import { slotViews } from '../store/slots.ts'
import { About } from './About.tsx'
import { makeLink } from './links.ts'

/** Phones read codes of more text only from near by. */
const MOST_IN_CODE = 1200

const SURROUNDINGS = [
  { value: 'full', label: msg('everything') },
  { value: 'minimal', label: msg('cell, picture and a chart') },
  { value: 'picture', label: msg('the picture') },
  { value: 'cell', label: msg('the cell') },
] as const satisfies readonly { value: Chrome; label: string }[]

interface Choices {
  chrome: Chrome
  panels: readonly string[]
  editable: readonly string[]
  note: boolean
  present: boolean
  waits: boolean
  /** It runs up to the frame on show, and stops. */
  stops: boolean
  /** In the language of now, whatever the browser's is. */
  spoken: boolean
}

export default function Prepare() {
  const session = useSession()
  const { lab } = session
  const scenario = useScenario()
  const family = familyOf(scenario)
  const time = useLab((s) => s.time)
  const field = useLab((s) => s.field)
  const probes = useLab((s) => s.probes)
  const [choices, setChoices] = useState<Choices>({
    chrome: 'full',
    panels: [],
    editable: [],
    note: scenario.description !== '',
    present: false,
    waits: false,
    stops: false,
    spoken: false,
  })
  const set = (changed: Partial<Choices>) => setChoices((now) => ({ ...now, ...changed }))
  const at = choices.stops ? time : 0
  const [link, setLink] = useState('')
  useEffect(() => {
    let alive = true
    void makeLink(session).then(
      (whole) =>
        alive &&
        setLink(addressOf(whole, probes.length > 0 ? undefined : nameOf(scenario), { ...choices, field, time: at })),
    )
    return () => {
      alive = false
    }
  }, [session, scenario, choices, probes, field, at])
  const panels = [
    { name: 'cell', label: t('Reference cell') },
    { name: 'map', label: t('Picture') },
    { name: 'parameters', label: t('Parameters') },
    ...slotViews(family).map(({ value, label }) => ({ name: value, label })),
  ]
  const experiment = family.experiments.find(({ name }) => name === scenario.experiment.name)
  const settable = [
    { name: 'cell', label: t('The reference cell') },
    ...[...(experiment?.parameters ?? []), ...family.parameters].map(({ name, label }) => ({ name, label })),
  ]
  const frame = `<iframe src="${link.replaceAll('&', '&amp;')}" width="900" height="600" title="${t(scenario.title).replaceAll('"', '&quot;')}"></iframe>`
  return (
    <div className="form prepare">
      <About />
      <Choice
        label={t('Around the picture')}
        hideLabel={false}
        value={choices.chrome}
        options={SURROUNDINGS}
        onChange={(chrome) => set({ chrome })}
      />
      <div className="row">
        <Tick label={t('Show the note')} on={choices.note} onChange={(note) => set({ note })} />
        <Tick label={t('Projector layout')} on={choices.present} onChange={(present) => set({ present })} />
        <Tick
          label={t('Stop at the time on show, {time}', { time: inWords(time, SECOND, unitsOf(scenario)) })}
          on={choices.stops}
          onChange={(stops) => set({ stops })}
        />
        <Tick label={t('Wait for Run')} on={choices.waits} onChange={(waits) => set({ waits })} />
        <Tick
          label={t('In {language}', { language: LANGUAGES[language()] })}
          on={choices.spoken}
          onChange={(spoken) => set({ spoken })}
        />
      </div>
      <Several
        legend={t('Shown (all, where none is ticked)')}
        options={panels}
        chosen={choices.panels}
        onChange={(chosen) => set({ panels: chosen })}
      />
      <Several
        legend={t('May be set (all, where none is ticked)')}
        options={settable}
        chosen={choices.editable}
        onChange={(editable) => set({ editable })}
      />
      <label>
        {t('Address')}
        <textarea readOnly rows={3} value={link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div className="row">
        <TextButton primary onClick={() => void copyText(lab, t('The address'), link)}>
          {t('Copy the address')}
        </TextButton>
        <TextButton onClick={() => void copyText(lab, t('The code'), frame)}>
          {t('Copy the code of an iframe')}
        </TextButton>
      </div>
      {link !== '' && <Code text={link} />}
    </div>
  )
}

/** A built-in scenario goes by its name as long as nothing of it was changed. */
function nameOf(scenario: Scenario): string | undefined {
  const same = (s: Scenario) =>
    s.title === scenario.title && s.description === scenario.description && fingerprint(s) === fingerprint(scenario)
  return presets().find((preset) => same(preset.scenario))?.name
}

/** Everything that has no name is in the link. */
function addressOf(
  link: string,
  name: string | undefined,
  {
    chrome,
    panels,
    editable,
    note,
    present,
    waits,
    stops,
    spoken,
    field,
    time,
  }: Choices & { field: string; time: number },
): string {
  const words = [
    name !== undefined && `scenario=${name}`,
    name !== undefined && field !== '' && `field=${field}`,
    chrome !== 'full' && `chrome=${chrome}`,
    panels.length > 0 && `panels=${panels.join(',')}`,
    editable.length > 0 && `editable=${editable.join(',')}`,
    note && 'note=1',
    present && 'present=1',
    spoken && `language=${language()}`,
    stops && `t=${time}`,
    (waits || stops) && 'run=0',
  ].filter((word) => typeof word === 'string')
  const [base, hash] = link.split('#')
  const search = words.length > 0 ? `?${words.join('&')}` : ''
  return name === undefined ? `${base}${search}#${hash}` : `${base}${search}`
}

function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  )
}

function Several({
  legend,
  options,
  chosen,
  onChange,
}: {
  legend: string
  options: readonly { name: string; label: string }[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}) {
  return (
    <details>
      <summary>
        {legend}
        {chosen.length > 0 && `: ${chosen.length}`}
      </summary>
      <div className="several">
        {options.map(({ name, label }) => (
          <Tick
            key={name}
            label={t(label)}
            on={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))}
          />
        ))}
      </div>
    </details>
  )
}

function Code({ text }: { text: string }) {
  if (text.length > MOST_IN_CODE)
    return (
      <p className="hint">
        {t(
          'The address has {n} characters, too many for a code that phones read well (at most {most}). A built-in scenario that was not changed has a short one.',
          { n: text.length, most: MOST_IN_CODE },
        )}
      </p>
    )
  const { data, size } = encode(text, { border: 3 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('QR code of the address')}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
