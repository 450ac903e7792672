/** The few parameters that a lesson puts at hand; the controls are those of the drawer. */
import { familyOf } from '../ground/house.ts'
import { ParameterField } from '../kit/ParameterField.tsx'
import { useScenario, useSession } from '../session/context.ts'
import { commit, draft, edit, setExperimentValue, setParameter } from '../store/edits.ts'

export default function AtHand({ names }: { names: readonly string[] }) {
  const { lab } = useSession()
  const scenario = useScenario()
  const family = familyOf(scenario)
  const experiment = family.experiments.find(({ name }) => name === scenario.experiment.name)
  const fields = names.flatMap((name) => {
    const parameter = family.parameters.find((p) => p.name === name)
    if (parameter) return [{ parameter, value: scenario.parameters[name], set: setParameter }]
    const value = experiment?.parameters.find((p) => p.name === name)
    return value ? [{ parameter: value, value: scenario.experiment.values[name], set: setExperimentValue }] : []
  })
  if (fields.length === 0) return null
  return (
    <div className="at-hand">
      {fields.map(({ parameter, value, set }) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={value}
          onDraft={(v) => draft(lab, set(parameter.name, v))}
          onCommit={() => commit(lab)}
          onEdit={(v) => edit(lab, set(parameter.name, v))}
        />
      ))}
    </div>
  )
}
