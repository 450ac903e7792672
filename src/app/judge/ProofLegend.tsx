/** Legend, choice of norms and observed orders in one: a row per norm, a column per series. */
import { t, tName } from '../../language/language.ts'
import { orders, ratios } from '../../simulation/orders.ts'
import { SERIES } from '../ground/colours.ts'
import { fixed, number } from '../ground/format.ts'
import { useLab, useSession } from '../session/context.ts'
import type { ComparisonSeries } from '../store/lab.ts'
import { measured, type Proof } from '../store/proof.ts'
import { LOOKS } from './proofChart.ts'

/** @param comparisons those of the family */
export function ProofLegend({ proof, comparisons }: { proof: Proof; comparisons: readonly ComparisonSeries[] }) {
  const { lab } = useSession()
  const { norms } = useLab((s) => s.proof)
  const theme = useLab((s) => s.theme)
  const drawn = comparisons.map((series, i) => ({ series, look: LOOKS[i % LOOKS.length] }))
  const shown = drawn.filter(({ series }) => series.rows.length > 0)
  const rows = shown.flatMap(({ series }) => series.rows)
  const listed = measured(proof, rows)
  const guided = listed.some(({ name }) => proof.guide.through.includes(name))
  const last = shown.at(-1)?.series.rows.at(-1)
  const known = last ? ratios(last) : {}
  const estimated = Object.keys(known).length > 0
  const ratioOf = (name: string) => (known[name] === undefined ? '' : `× ${number(known[name], 2)}`)
  const toggle = (name: string) =>
    lab.setState(({ proof }) => ({
      proof: {
        ...proof,
        norms: norms.includes(name) ? norms.filter((n) => n !== name) : [...norms, name],
      },
    }))
  if (listed.length === 0) return null
  return (
    <table className="proof-norms">
      <thead>
        <tr>
          <th scope="col">{t('Error')}</th>
          {shown.map(({ series, look }) => (
            <th key={series.id} scope="col" title={tName(series.label)}>
              <span className="visually-hidden">{t('Observed order, {label}', { label: tName(series.label) })}</span>
              <span aria-hidden="true">
                {shown.length > 1 ? t('{glyph} order', { glyph: look.glyph }) : t('order')}
              </span>
            </th>
          ))}
          {estimated && (
            <th
              scope="col"
              title={t('Error estimated without the resolved model, over the true one, at the largest N')}
            >
              {t('estimate')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {listed.map((norm) => (
          <tr key={norm.name} data-off={!norms.includes(norm.name) || undefined}>
            <th scope="row" title={t(norm.label)}>
              <label>
                <input type="checkbox" checked={norms.includes(norm.name)} onChange={() => toggle(norm.name)} />
                <i data-hollow={norm.hollow} style={{ color: SERIES[theme][norm.colour % 8] }} />
                <span>{norm.symbol}</span>
                <span className="visually-hidden">{t(norm.label)}</span>
              </label>
            </th>
            {shown.map(({ series }) => {
              const order = orders(series.rows)[norm.name]
              return <td key={series.id}>{order === undefined || Number.isNaN(order) ? '' : fixed(order, 2)}</td>
            })}
            {estimated && <td>{ratioOf(norm.name)}</td>}
          </tr>
        ))}
        {guided && (
          <tr>
            <th scope="row">
              <span className="proof-rate">{t(proof.guide.label)}</span>
            </th>
            <td colSpan={shown.length + (estimated ? 1 : 0)}>{fixed(proof.guide.order, 2)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
