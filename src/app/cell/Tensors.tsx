/** Effective tensors as certified numbers: value, error, bounds, and the ellipse that they draw. */
import type { CellProblemResult, CellResult } from '../../cell/cell.ts'
import { fixed, number } from '../format.ts'
import { Ellipse } from './Ellipse.tsx'

const AXES = ['x', 'y', 'z']

export function Tensors({ cell, stale }: { cell: CellResult; stale: boolean }) {
  return (
    <div className="tensors" data-stale={stale || undefined}>
      {cell.problems.length === 0 && (
        <p className="hint">The parameters set the effective tensors directly; the cell is shown for orientation.</p>
      )}
      {cell.problems.map((problem) => (
        <ProblemCard key={(problem.phase ?? problem.name ?? '') + problem.kind} problem={problem} />
      ))}
      <table className="phases">
        <caption className="visually-hidden">Phases of the cell</caption>
        <thead>
          <tr>
            <th scope="col">phase</th>
            <th scope="col">fraction</th>
            <th scope="col">percolates</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(cell.phases).map(([name, phase]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{fixed(phase.fraction, 4)}</td>
              <td>
                {phase.percolates.some(Boolean)
                  ? phase.percolates.map((p, i) => (p ? AXES[i] : '')).join(' ')
                  : 'no axis'}
              </td>
            </tr>
          ))}
          {Object.entries(cell.interfaceMeasure).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">|Γ|</th>
              <td colSpan={2} title={name.replace('|', ' and ')}>
                {fixed(value, 4)}
                <span className="unit"> per ℓ</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ProblemCard({ problem }: { problem: CellProblemResult }) {
  const { tensor, error, bounds, residual } = problem
  const limits = (isotropic(tensor) && bounds.hashinShtrikman) || { lower: bounds.reuss, upper: bounds.voigt }
  const name = problem.phase ?? problem.name ?? 'mixture'
  const decimals = error > 0 ? Math.max(2, Math.min(5, Math.ceil(-Math.log10(error)))) : 4
  const zero = tensor.every((row) => row.every((x) => x === 0))
  if (zero)
    return (
      <p className="problem-zero" data-testid={`tensor-${name}`}>
        <b>
          <i>D*</i> {name}
        </b>{' '}
        = 0 exactly: this phase is cut off.
      </p>
    )
  return (
    <section className="problem" data-dimension={tensor.length} aria-label={`Effective tensor, ${name}`}>
      <h3>
        <i>D*</i> {name}
      </h3>
      <div className="problem-body">
        <Ellipse tensor={tensor} bounds={bounds} />
        <div>
          <table className="matrix" data-testid={`tensor-${name}`}>
            <caption className="visually-hidden">
              Effective tensor of the {name} phase, relative to the bulk coefficient
            </caption>
            <tbody>
              {tensor.map((row, i) => (
                <tr key={AXES[i]}>
                  {row.map((value, j) => (
                    <td key={AXES[j]}>{fixed(Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value, decimals)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="error-line">± {number(error, 2)} of bulk</p>
        </div>
      </div>
      <dl className="bounds">
        <dt>Bounds</dt>
        <dd>
          {fixed(limits.lower, 3)} – {fixed(limits.upper, 3)}
        </dd>
        {bounds.bruggeman !== undefined && (
          <>
            <dt>Bruggeman</dt>
            <dd>{fixed(bounds.bruggeman, 3)}</dd>
          </>
        )}
        {bounds.tortuosity && (
          <>
            <dt title="square of the tortuosity: fraction over D*">Tortuosity²</dt>
            <dd>{bounds.tortuosity.map((t) => (Number.isFinite(t) ? fixed(t, 2) : '∞')).join('  ')}</dd>
          </>
        )}
        <dt>Residual</dt>
        <dd className={residual > 1e-6 ? 'bad' : undefined}>{number(residual, 1)}</dd>
      </dl>
    </section>
  )
}

/** Equal in all directions to a percent: only then do the bounds of Hashin and Shtrikman hold. */
function isotropic(tensor: readonly (readonly number[])[]): boolean {
  const scale = Math.max(...tensor.map((row, i) => Math.abs(row[i] ?? 0)))
  return tensor.every((row, i) => row.every((v, j) => Math.abs(v - (i === j ? scale : 0)) <= 0.01 * scale))
}
