/** The numbers of the selected shape, drawn from the shape's own schema. */

import type { ShapeSpec } from '../../cell/cell.ts'
import type { ShapeParameter } from '../../cell/shapes/shape.ts'
import { t } from '../../language/language.ts'
import { familyOf, shapes, validateCell } from '../ground/house.ts'
import { Choice } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { useEditedCell, useEditedName, useLab, useScenario, useSession } from '../session/context.ts'
import { edit, setShape } from '../store/edits.ts'

const AXES = ['x', 'y', 'z']

export default function ShapeForm() {
  const { lab } = useSession()
  const scenario = useScenario()
  const selected = useLab((s) => s.selectedShape)
  const edited = useEditedCell()
  const of = useEditedName()
  const { shapes: list, dimension } = edited
  const shape = list[selected]
  const tool = shape && shapes[shape.shape]
  if (!shape || !tool)
    return (
      <p className="hint">{t('No shape: the whole cell is {background}.', { background: t(edited.background) })}</p>
    )
  const put = (next: ShapeSpec) => edit(lab, setShape(selected, next, of))
  const check = (next: ShapeSpec) => {
    const { size: _size, ...cell } = edited
    return validateCell({ ...cell, shapes: list.map((s, i) => (i === selected ? next : s)) })[0]?.message
  }
  return (
    <details className="shape-form" open={dimension === 3}>
      <summary>
        {t('{label}, shape {selected} of {n}', { label: t(tool.label), selected: selected + 1, n: list.length })}
      </summary>
      <div className="form">
        {list.length > 1 && (
          <Choice
            label={t('Selected shape')}
            hideLabel={false}
            value={String(selected)}
            options={list.map((s, i) => ({
              value: String(i),
              label: `${i + 1}  ${t(shapes[s.shape]?.label ?? s.shape)}`,
            }))}
            onChange={(i) => lab.setState({ selectedShape: Number(i) })}
          />
        )}
        <Choice
          label={t('Phase')}
          hideLabel={false}
          value={shape.phase}
          options={familyOf(scenario).phases.map((p) => ({ value: p.name, label: p.label }))}
          onChange={(phase) => put({ ...shape, phase })}
        />
        {tool.parameters(dimension).map((p) => (
          <ShapeField key={p.name} parameter={p} shape={shape} check={check} onChange={put} />
        ))}
      </div>
    </details>
  )
}

interface ShapeFieldProps {
  parameter: ShapeParameter
  shape: ShapeSpec
  check: (shape: ShapeSpec) => string | undefined
  onChange: (shape: ShapeSpec) => void
}

function ShapeField({ parameter: p, shape, check, onChange }: ShapeFieldProps) {
  const value = shape[p.name]
  if (p.kind === 'points') return <p className="hint">{t('Its corners are dragged in the picture.')}</p>
  if (p.kind === 'axis') {
    const numeric = typeof value === 'number'
    return (
      <Choice
        label={t(p.label)}
        hideLabel={false}
        value={numeric ? (AXES[value] ?? 'x') : String(value)}
        options={AXES.slice(0, p.max + 1).map((a) => ({ value: a, label: a }))}
        onChange={(a) => onChange({ ...shape, [p.name]: numeric ? AXES.indexOf(a) : a })}
      />
    )
  }
  const many = p.kind === 'vector'
  const values: number[] = Array.isArray(value)
    ? value
    : typeof value === 'number'
      ? [value]
      : Array<number>(p.length ?? 1).fill(0)
  return values.map((x, i) => {
    const change = (v: number) => ({ ...shape, [p.name]: many ? values.map((old, k) => (k === i ? v : old)) : v })
    return (
      <NumberField
        key={AXES[i]}
        label={many ? `${t(p.label)} ${AXES[i]}` : t(p.label)}
        unit={p.unit}
        value={x}
        check={(v) => check(change(v))}
        onChange={(v) => onChange(change(v))}
      />
    )
  })
}
