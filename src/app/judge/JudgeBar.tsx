/** The judge at hand: the resolved model beside the homogenized one, and how many cells it has. */
import { Choice } from '../panels/controls.tsx'
import { lab, useScenario } from '../session.ts'
import { edit } from '../store/edits.ts'
import { setRepeat } from './repeat.ts'

const CELLS = [2, 4, 8, 16]

export function JudgeBar() {
  const { micro } = useScenario()
  return (
    <Choice
      label="Resolved model"
      value={String(micro?.repeat ?? 0)}
      options={[{ value: '0', label: 'alone' }, ...CELLS.map((n) => ({ value: String(n), label: `N = ${n}` }))]}
      onChange={(n) => edit(lab, setRepeat(Number(n)))}
    />
  )
}
