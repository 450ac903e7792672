/** Cell files: `{"version":1,"cell":{…},"problems":[…]}`. */
import { t } from '../language/language.ts'
import { checkAmount } from '../limits.ts'
import { describe, fieldPath, InputError, type Problem } from '../parameter.ts'
import type { CellProblemSpec, CellSpec } from './cell.ts'
import { validateProblems } from './problems.ts'
import { validateCell } from './validate.ts'

const KEYS = ['version', 'cell', 'problems']

/**
 * Reads a cell file from parsed JSON.
 * @throws InputError with every problem of the file
 */
export function parseCellFile(input: unknown): { cell: CellSpec; problems: CellProblemSpec[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new InputError([
      {
        path: '',
        message: t('got {got}; must be an object with version, cell and problems', { got: describe(input) }),
      },
    ])
  const tooMuch = checkAmount(input)
  if (tooMuch.length > 0) throw new InputError(tooMuch)
  const raw = input as Record<string, unknown>
  const found: Problem[] = []
  if (raw.version !== 1)
    found.push({
      path: 'version',
      message: t(
        'got {got}; this program reads version 1; write "version": 1, or open a newer file with a newer Twoscale',
        { got: describe(raw.version) },
      ),
    })
  for (const key of Object.keys(raw))
    if (!KEYS.includes(key))
      found.push({
        path: fieldPath('', key),
        message: t('unknown field; valid are {valid}', { valid: KEYS.join(', ') }),
      })
  const wrongCell = validateCell(raw.cell)
  found.push(...wrongCell)
  if (Array.isArray(raw.problems) && raw.problems.length === 0)
    found.push({
      path: 'problems',
      message: 'got an empty list; ask for at least one problem, e.g. {"kind":"perforated","phase":"matrix"}',
    })
  if (wrongCell.length === 0) found.push(...validateProblems(raw.problems, raw.cell as CellSpec))
  if (found.length > 0) throw new InputError(found)
  return { cell: raw.cell as CellSpec, problems: raw.problems as CellProblemSpec[] }
}
