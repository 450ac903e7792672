/** What is said of cells that vary along the box. */
import type { CellTable } from '../cell/cell.ts'
import { t } from '../language/language.ts'
import { number } from '../words.ts'
import type { Equation, Notice } from './family.ts'

/** Interpolated tensors are taken without a warning below this error. */
export const GOOD = 5e-3

/** @param error of what the model takes from the cells, relative; 0 where the cells only jump */
export function tableNotice({ graded, cells }: CellTable, error: number): Notice {
  const names = graded.map((grading) => grading.number).join(', ')
  if (cells.length === 1)
    return {
      level: 'info',
      message: t('One value along the whole box: {names} as graded says, not as the cell does.', { names }),
    }
  if (error === 0)
    return {
      level: 'info',
      message: t('The cell varies along the box ({names}): solved for each of its {count} forms.', {
        names,
        count: cells.length,
      }),
    }
  const message = t(
    'The cell varies along the box ({names}): its tensors are interpolated between {count} cells, within {error} %.',
    { names, count: cells.length, error: number(100 * error, 2) },
  )
  if (error <= GOOD) return { level: 'info', message }
  return { level: 'warning', message, advice: [t('let the number vary less'), t('take a finer mesh of the cell')] }
}

/** That a box which repeats itself has another cell on the other side of its seam; undefined where it has not. */
export function seamNotice({ graded }: CellTable): Notice | undefined {
  const jumping = graded.filter(({ along }) => along[0][1] !== along[along.length - 1][1])
  if (jumping.length === 0) return undefined
  return {
    level: 'warning',
    message: t('The box repeats itself, and {names} jumps where its end meets its beginning.', {
      names: jumping.map((grading) => grading.number).join(', '),
    }),
    advice: [t('let the number end as it begins'), t('use reservoirs or electrodes')],
  }
}

/** What is added to the equations on show. */
export const varies: Equation = {
  tex: 'Y = Y(x):\\quad |Y_s|(x),\\ a(x),\\ D^*(x)',
  caption:
    'The cell varies slowly along x, and with it fractions, areas and tensors; contents are what balances are written in',
}
