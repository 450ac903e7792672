/** Everything that can be set, grouped as the schemas say. */

import type { ReactNode } from 'react'
import { t } from '../../language/language.ts'
import type { Stimulus } from '../../models/family.ts'
import { hasEffect, type Parameter, type Value } from '../../parameter.ts'
import { familyOf, phaseNames } from '../ground/house.ts'
import { Choice, IconButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { PanelBoundary } from '../kit/Panel.tsx'
import { ParameterField } from '../kit/ParameterField.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import {
  type Change,
  commit,
  draft,
  edit,
  removeStimuli,
  setDimension,
  setExperiment,
  setExperimentValue,
  setParameter,
} from '../store/edits.ts'
import { settings } from './settings.ts'

export default function ParametersPanel() {
  const { lab } = useSession()
  const scenario = useScenario()
  const family = familyOf(scenario)
  const experiment = family.experiments.find((e) => e.name === scenario.experiment.name)
  const protocol = useLab((s) => s.model?.stepLabels !== undefined)
  const editable = useLab((s) => s.editable)
  const phases = phaseNames(scenario.cell)
  if (editable) return <Editable names={editable} />
  return (
    <section className="panel parameters-panel" aria-label={t('Parameters')}>
      <PanelBoundary title={t('Parameters')}>
        <div className="parameters">
          <Section title={t('Experiment')} open>
            <div className="parameter">
              <Choice
                label={t('Set-up')}
                hideLabel={false}
                value={scenario.experiment.name}
                options={family.experiments.map((e) => ({ value: e.name, label: e.label }))}
                onChange={(name) => edit(lab, setExperiment(family, name))}
              />
              {experiment && <p className="hint">{t(experiment.help)}</p>}
            </div>
            {experiment && (
              <Fields schema={experiment.parameters} values={scenario.experiment.values} set={setExperimentValue} />
            )}
            <Stimuli />
          </Section>
          {groups(family.parameters.filter(({ phase }) => phase === undefined || phases.includes(phase))).map(
            ([group, schema], i) => (
              <Section key={group} title={t(group)} open={i < 2}>
                <Fields schema={schema} values={scenario.parameters} set={setParameter} />
              </Section>
            ),
          )}
          <Section title={t('Domain, time and accuracy')} open={false}>
            <div className="parameter">
              <Choice
                label={t('Box in')}
                hideLabel={false}
                value={String(scenario.macro.dimension)}
                options={(family.dimensions ?? [1, 2, 3]).map((d) => ({
                  value: String(d),
                  label: t('{d, plural, one {# dimension} other {# dimensions}}', { d }),
                }))}
                onChange={(d) => edit(lab, setDimension(Number(d) as 1 | 2 | 3))}
              />
            </div>
            {settings(scenario, protocol).map(({ parameter, value, set }) => (
              <Field key={parameter.name} parameter={parameter} value={value} set={set} />
            ))}
          </Section>
        </div>
      </PanelBoundary>
    </section>
  )
}

/** Of a page that lets only some parameters be set: those, without headings. */
function Editable({ names }: { names: readonly string[] }) {
  const scenario = useScenario()
  const family = familyOf(scenario)
  const experiment = family.experiments.find((e) => e.name === scenario.experiment.name)
  const among = (schema: readonly Parameter[]) => schema.filter(({ name }) => names.includes(name))
  const own = among(family.parameters)
  const driven = among(experiment?.parameters ?? [])
  if (own.length + driven.length === 0) return null
  return (
    <section className="panel parameters-panel" aria-label={t('Parameters')}>
      <PanelBoundary title={t('Parameters')}>
        <div className="parameters">
          <Fields schema={driven} values={scenario.experiment.values} set={setExperimentValue} />
          <Fields schema={own} values={scenario.parameters} set={setParameter} />
        </div>
      </PanelBoundary>
    </section>
  )
}

function Section({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details className="section" open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

function Fields(props: {
  schema: readonly Parameter[]
  values: Record<string, Value>
  set: (name: string, value: Value) => Change
}) {
  const { parameters, cell } = useScenario()
  // A parameter may depend on its neighbours or, where an experiment has its own, on the scenario's.
  const values = { ...parameters, ...props.values }
  const phases = phaseNames(cell)
  const shown = props.schema.filter((p) => hasEffect(p, values, phases))
  return shown.map((p) => (
    <Field
      key={p.name}
      parameter={p}
      value={props.values[p.name] ?? p.value}
      set={(value) => props.set(p.name, value)}
    />
  ))
}

function Field({ parameter, value, set }: { parameter: Parameter; value: Value; set: (value: Value) => Change }) {
  const { lab } = useSession()
  return (
    <ParameterField
      parameter={parameter}
      value={value}
      onDraft={(v) => draft(lab, set(v))}
      onCommit={() => commit(lab)}
      onEdit={(v) => edit(lab, set(v))}
    />
  )
}

function Stimuli() {
  const { lab } = useSession()
  const scenario = useScenario()
  const kinds = familyOf(scenario).stimuli
  if (scenario.stimuli.length === 0) return null
  return (
    <ul className="stimuli" aria-label={t('Stimuli')}>
      {strokes(scenario.stimuli).map(([stimulus, places], i) => {
        const kind = kinds.find((k) => k.name === stimulus.kind)
        return (
          <li key={places[0]}>
            <span>
              {t('{kind}, {start} to {end} s', {
                kind: t(kind?.label ?? stimulus.kind),
                start: Number(stimulus.start.toPrecision(4)),
                end: Number(stimulus.end.toPrecision(4)),
              })}
              {places.length > 1 && ` (${t('{n} touches', { n: places.length })})`}
            </span>
            <IconButton
              label={t('Remove stimulus {i}', { i: i + 1 })}
              onClick={() => edit(lab, removeStimuli(places))}
              className="small"
            >
              <CloseIcon />
            </IconButton>
          </li>
        )
      })}
    </ul>
  )
}

/** Stimuli that differ in their place alone, as strokes of the brush leave them: one row, with their numbers. */
function strokes(stimuli: readonly Stimulus[]): [Stimulus, number[]][] {
  const rows = new Map<string, [Stimulus, number[]]>()
  for (const [i, stimulus] of stimuli.entries()) {
    const { region, ...rest } = stimulus
    const key = JSON.stringify([rest, region.shape === 'everywhere' ? region : region.radius])
    const row = rows.get(key) ?? [stimulus, []]
    row[1].push(i)
    rows.set(key, row)
  }
  return [...rows.values()]
}

/** Parameters by heading, in the order of the schema. */
function groups(schema: readonly Parameter[]): [string, Parameter[]][] {
  const out = new Map<string, Parameter[]>()
  for (const p of schema) out.set(p.group, [...(out.get(p.group) ?? []), p])
  return [...out]
}
