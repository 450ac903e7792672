/** The beginning of a table, with what each column is and its unit to be chosen above it. */
import { t } from '../../language/language.ts'
import type { Choice, Mapping } from '../../tables/mapping.ts'
import { ROLES, type Role, unitUnder } from '../../tables/roles.ts'
import type { OpenTable } from '../store/tableDesk.ts'

/** The first rows, under the names of the columns, what they are, and their units; columns in use come first. */
export function Preview(props: {
  view: OpenTable['view']
  mapping: Mapping
  onChange(choices: readonly Choice[]): void
}) {
  const { view, mapping, onChange } = props
  const { columns, beginning, rows, proposal } = view
  const proposed = proposal.mapping.choices
  const order = columns.map((_, k) => k).sort((a, b) => Number(!proposed[a].role) - Number(!proposed[b].role))
  const asked = new Set(proposal.questions.map(({ about }) => about))
  const set = (k: number, choice: Choice) =>
    onChange(
      mapping.choices.map((other, i) => {
        if (i === k) return choice
        // A role is that of one column.
        return other.role !== undefined && other.role === choice.role ? { unit: '' } : other
      }),
    )
  const choose = (k: number, role: Role | undefined) => {
    const { unit, kind } = columns[k]
    if (!role) set(k, { unit: '' })
    else set(k, { role, unit: kind !== 'number' ? 's' : unitUnder(role, unit) ? unit : ROLES[role].units[0] })
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, so it must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={t('First rows')}>
      <table className="table-preview">
        <thead>
          <tr>
            {order.map((k) => (
              <th key={k} scope="col" data-asked={asked.has(k) || undefined}>
                {columns[k].name}
              </th>
            ))}
          </tr>
          <tr>
            {order.map((k) => (
              <td key={k}>
                <select
                  aria-label={t('What "{name}" is', { name: columns[k].name })}
                  value={mapping.choices[k].role ?? ''}
                  disabled={columns[k].kind === 'text'}
                  onChange={(event) => choose(k, (event.currentTarget.value || undefined) as Role | undefined)}
                >
                  <option value="">{t('not used')}</option>
                  {rolesFor(columns[k].kind).map((role) => (
                    <option key={role} value={role}>
                      {t(ROLES[role].label)}
                    </option>
                  ))}
                </select>
              </td>
            ))}
          </tr>
          <tr>
            {order.map((k) => (
              <td key={k}>
                <Unit
                  column={columns[k]}
                  choice={mapping.choices[k]}
                  onChange={(unit) => set(k, { ...mapping.choices[k], unit })}
                />
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {beginning.map((row, i) => (
            <tr key={i}>
              {order.map((k) => (
                <td key={k}>{row[k]?.slice(0, 30)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">{t('The first {n} of {rows} rows.', { n: beginning.length, rows })}</p>
    </section>
  )
}

const rolesFor = (kind: string): readonly Role[] =>
  kind === 'number' ? (Object.keys(ROLES) as Role[]) : kind === 'text' ? [] : ['time']

function Unit(props: { column: OpenTable['view']['columns'][number]; choice: Choice; onChange(unit: string): void }) {
  const { column, choice, onChange } = props
  if (!choice.role) return <span className="hint">{column.kind === 'text' ? t('words') : column.unit}</span>
  if (column.kind !== 'number') return <span>{column.kind === 'clock' ? t('h:min:s') : t('date')}</span>
  const { units } = ROLES[choice.role]
  const options = choice.unit !== '' && !units.includes(choice.unit) ? [choice.unit, ...units] : units
  return (
    <select
      aria-label={t('Unit of "{name}"', { name: column.name })}
      value={choice.unit}
      aria-invalid={choice.unit === ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {choice.unit === '' && <option value="">{t('unit?')}</option>}
      {options.map((unit) => (
        <option key={unit} value={unit}>
          {unit === '1' ? t('part of 1') : unit}
        </option>
      ))}
    </select>
  )
}
