/** Legend, choice of norms and observed orders in one: a row per norm, a column per series. */
import { orders } from '../../simulation/compare.ts'
import { SERIES } from '../colours.ts'
import { fixed } from '../format.ts'
import { lab, useLab } from '../session.ts'
import { NORMS } from './comparisonNorms.ts'
import { PROVED } from './explanation.ts'
import { LOOKS } from './proofChart.ts'

export function ProofLegend() {
  const comparisons = useLab((s) => s.comparisons)
  const { norms } = useLab((s) => s.proof)
  const theme = useLab((s) => s.theme)
  const drawn = comparisons.map((series, i) => ({ series, look: LOOKS[i % LOOKS.length]! }))
  const shown = drawn.filter(({ series }) => series.rows.length > 0)
  const toggle = (name: string) =>
    lab.setState(({ proof }) => ({
      proof: {
        ...proof,
        norms: norms.includes(name) ? norms.filter((n) => n !== name) : [...norms, name],
      },
    }))
  return (
    <table className="proof-norms">
      <thead>
        <tr>
          <th scope="col">Error</th>
          {shown.map(({ series, look }) => (
            <th key={series.id} scope="col" title={series.label}>
              <span className="visually-hidden">Observed order, {series.label}</span>
              <span aria-hidden="true">{shown.length > 1 ? `${look.glyph} order` : 'order'}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NORMS.map((norm, i) => (
          <tr key={norm.name} data-off={!norms.includes(norm.name) || undefined}>
            <th scope="row" title={norm.label}>
              <label>
                <input type="checkbox" checked={norms.includes(norm.name)} onChange={() => toggle(norm.name)} />
                <i style={{ background: SERIES[theme][i % 8] }} />
                <span>{norm.symbol}</span>
                <span className="visually-hidden">{norm.label}</span>
              </label>
            </th>
            {shown.map(({ series }) => {
              const order = orders(series.rows)[norm.name]
              return <td key={series.id}>{order === undefined ? '' : fixed(order, 2)}</td>
            })}
          </tr>
        ))}
        {shown.length > 0 && (
          <tr>
            <th scope="row">
              <span className="proof-rate">proved with corrector, √ε</span>
            </th>
            <td colSpan={shown.length}>{fixed(PROVED, 2)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
