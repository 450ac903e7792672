/** Effective tensors as certified numbers: value, error, bounds, and the ellipse that they draw. */

import { Menu } from '@mantine/core'
import type { CellProblemResult, CellResult, MeshDoubt } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import { fixed, number } from '../ground/format.ts'
import { DownloadIcon } from '../kit/icons.tsx'
import { OF_BEFORE } from '../kit/useBehind.ts'
import { useEditedName, useSession } from '../session/context.ts'
import { edit, setCell } from '../store/edits.ts'
import { notify } from '../store/notices.ts'
import { Ellipse } from './Ellipse.tsx'
import { saveTensors, TENSOR_FORMATS, type TensorFormat } from './saveTensors.ts'

const AXES = ['x', 'y', 'z']

/** @param behind they are of another cell than the one of now */
export default function Tensors({ cell, behind }: { cell: CellResult; behind: boolean }) {
  const interfaces = Object.entries(cell.interfaceMeasure)
  return (
    <div className="tensors" data-behind={behind || undefined}>
      {behind && <p className="behind-note">{t(OF_BEFORE)}</p>}
      {cell.problems.length === 0 && (
        <p className="hint">
          {t('The parameters set the effective tensors directly; the cell is shown for orientation.')}
        </p>
      )}
      {cell.doubt && <Doubt doubt={cell.doubt} />}
      {cell.problems.length > 0 && <SaveMenu />}
      {cell.problems.map((problem) => (
        <ProblemCard key={(problem.phase ?? problem.name ?? '') + problem.kind} problem={problem} />
      ))}
      <table className="phases">
        <caption className="visually-hidden">{t('Phases of the cell')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('phase')}</th>
            <th scope="col">{t('fraction')}</th>
            <th scope="col">{t('percolates')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(cell.phases).map(([name, phase]) => (
            <tr key={name}>
              <th scope="row">{t(name)}</th>
              <td>{fixed(phase.fraction, 4)}</td>
              <td>
                {phase.percolates.some(Boolean)
                  ? phase.percolates.map((p, i) => (p ? AXES[i] : '')).join(' ')
                  : t('no axis')}
              </td>
            </tr>
          ))}
          {interfaces.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{interfaces.length > 1 ? phasesOf(name).join(' – ') : '|Γ|'}</th>
              <td colSpan={2} title={t('contact of {a} and {b}', { a: phasesOf(name)[0], b: phasesOf(name)[1] })}>
                {fixed(value, 4)}
                <span className="unit"> {t('per ℓ')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SaveMenu() {
  const session = useSession()
  const save = (format: TensorFormat) => {
    saveTensors(session, format).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      notify(session.lab, { level: 'warning', message: t('The tensors could not be saved: {reason}.', { reason }) })
    })
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className="button icon-button small tensors-save" aria-label={t('Save the tensors')}>
          <DownloadIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {TENSOR_FORMATS.map(({ value, label }) => (
          <Menu.Item key={value} onClick={() => save(value)}>
            {t('Tensors ({label})', { label })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The two phases of a contact. */
const phasesOf = (name: string) => name.split('|').map((phase) => t(phase))

/** What the mesh could not follow, and the one that would. */
function Doubt({ doubt: { settledAt } }: { doubt: MeshDoubt }) {
  const { lab } = useSession()
  const of = useEditedName()
  return (
    <p className="field-problem" role="status">
      {t(
        'The mesh cannot follow the cell where it is outlined: a gap, a neck or a corner. The stated errors hold that.',
      )}{' '}
      {settledAt === undefined ? (
        t('No allowed mesh is fine enough.')
      ) : (
        <button type="button" className="button" onClick={() => edit(lab, setCell({ resolution: settledAt }, of))}>
          {t('Take {n} nodes', { n: settledAt })}
        </button>
      )}
    </p>
  )
}

/** What the tensor of a problem is called, and what its error is measured in. */
function reading({ kind, phase, name, coefficients }: CellProblemResult) {
  if (kind === 'stokes')
    return {
      id: `flow-${phase}`,
      symbol: 'K',
      label: t('{phase} flow', { phase: t(phase ?? '') }),
      of: msg('± {error} of ℓ²'),
      cut: t('the fluid is cut off'),
    }
  if (kind === 'contrast' && name === 'dielectric')
    return {
      id: name,
      symbol: 'ε⁰',
      label: t('permittivity of pores and solid'),
      of: msg('± {error} of that of the pores'),
      cut: t('this phase is cut off'),
    }
  const conducting = Object.values(coefficients).filter((k) => k > 0)
  const several = kind === 'contrast' && conducting.length < Object.keys(coefficients).length
  return {
    id: phase ?? name ?? 'mixture',
    symbol: 'D*',
    label: t(phase ?? name ?? 'mixture'),
    of:
      conducting.every((k) => k === 1) || !several ? msg('± {error} of bulk') : msg('± {error} of the best conductor'),
    cut: several ? t('the phases that conduct are cut off together') : t('this phase is cut off'),
  }
}

function ProblemCard({ problem }: { problem: CellProblemResult }) {
  const { tensor, error } = problem
  const { id, symbol, label, of, cut } = reading(problem)
  const flow = problem.kind === 'stokes'
  const top = Math.max(...tensor.flat().map(Math.abs))
  const title = (
    <>
      <i>{symbol}</i>
      {flow && '/ℓ²'} {label}
    </>
  )
  if (top === 0)
    return (
      <p className="problem-zero" data-testid={`tensor-${id}`}>
        <b>{title}</b> {t('= 0 exactly:')} {cut}.
      </p>
    )
  // Permeabilities and conductivities in series are small: one power of ten for all entries.
  const power = top < 0.02 || top >= 1e4 ? 10 ** Math.floor(Math.log10(top)) : 1
  const decimals = error > 0 ? Math.max(2, Math.min(5, Math.ceil(-Math.log10(error / power)))) : 4
  const entry = (value: number) => fixed(Math.abs(value / power) < 0.5 * 10 ** -decimals ? 0 : value / power, decimals)
  return (
    <section className="problem" data-dimension={tensor.length} aria-label={t('Effective tensor, {label}', { label })}>
      <h3>
        {title}
        {power !== 1 && <span className="unit"> × {number(power, 2)}</span>}
      </h3>
      <div className="problem-body">
        <Ellipse tensor={tensor} bounds={problem.bounds} relative={!flow} />
        <div>
          <table className="matrix" data-testid={`tensor-${id}`}>
            <caption className="visually-hidden">
              {flow
                ? t('Permeability of the {phase}, in squared periods', { phase: t(problem.phase ?? '') })
                : t('Effective tensor: {symbol} {label}, relative to the bulk coefficient', { symbol, label })}
            </caption>
            <tbody>
              {tensor.map((row, i) => (
                <tr key={AXES[i]}>
                  {row.map((value, j) => (
                    <td key={AXES[j]}>{entry(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="error-line">{t(of, { error: number(error, 2) })}</p>
        </div>
      </div>
      <ProblemFacts problem={problem} />
    </section>
  )
}

/** What a tensor is compared with. Nothing bounds a permeability from above. */
function ProblemFacts({ problem: { kind, tensor, bounds, residual } }: { problem: CellProblemResult }) {
  const limits = (isotropic(tensor) && bounds.hashinShtrikman) || { lower: bounds.reuss, upper: bounds.voigt }
  const decent = limits.upper >= 0.02
  return (
    <dl className="bounds">
      {kind !== 'stokes' && (
        <>
          <dt>{t('Bounds')}</dt>
          <dd>
            {decent ? fixed(limits.lower, 3) : number(limits.lower, 3)} –{' '}
            {decent ? fixed(limits.upper, 3) : number(limits.upper, 3)}
          </dd>
        </>
      )}
      {bounds.bruggeman !== undefined && (
        <>
          <dt>Bruggeman</dt>
          <dd>{fixed(bounds.bruggeman, 3)}</dd>
        </>
      )}
      {bounds.tortuosity && (
        <>
          <dt title={t('square of the tortuosity: fraction over D*')}>{t('Tortuosity²')}</dt>
          <dd>{bounds.tortuosity.map((value) => (Number.isFinite(value) ? fixed(value, 2) : '∞')).join('  ')}</dd>
        </>
      )}
      <dt>{t('Residual')}</dt>
      <dd className={residual > RESIDUAL[kind] ? 'bad' : undefined}>{number(residual, 1)}</dd>
    </dl>
  )
}

/** Residuals above these are worth a look. */
const RESIDUAL = { perforated: 1e-6, contrast: 1e-6, stokes: 1e-5 } as const

/** Equal in all directions to a percent: only then do the bounds of Hashin and Shtrikman hold. */
function isotropic(tensor: readonly (readonly number[])[]): boolean {
  const scale = Math.max(...tensor.map((row, i) => Math.abs(row[i] ?? 0)))
  return tensor.every((row, i) => row.every((v, j) => Math.abs(v - (i === j ? scale : 0)) <= 0.01 * scale))
}
