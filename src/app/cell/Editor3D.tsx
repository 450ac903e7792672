/** The reference cell in space: turn it, cut it, drag the handles of its shapes, look at what was solved on its faces. */

import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { CellResult } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import { phasePainter } from '../ground/house.ts'
import { Segments } from '../kit/controls.tsx'
import { later } from '../kit/later.tsx'
import { PHASES } from '../kit/phaseColours.ts'
import { Slider } from '../kit/Slider.tsx'
import { useEditedCell, useLab, useSession } from '../session/context.ts'
import { CellView3D } from './CellView3D.ts'
import { onEditorKey } from './editorKeys.ts'
import { facePaint } from './faces3d.ts'
import { linesOf } from './flowLines.ts'
import { Grips3D } from './Grips3D.tsx'
import { flowOf, shownProblem } from './layers.ts'
import { layerValues } from './layerValues.ts'

const LayerBar = later(() => import('./LayerBar.tsx'))

const LOST = msg('The graphics of this browser were interrupted (lost WebGL context); the view returns with them.')

export default function Editor3D({ cell: computed }: { cell?: CellResult }) {
  const { lab } = useSession()
  const cell = useEditedCell()
  const theme = useLab((s) => s.theme)
  const layer = useLab((s) => s.layer)
  const direction = useLab((s) => s.axis)
  const chosen = useLab((s) => s.problem)
  const selected = useLab((s) => s.selectedShape)
  const [axis, setAxis] = useState(1)
  const [at, setAt] = useState(1)
  const [warning, setWarning] = useState<string>()
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<CellView3D>(undefined)
  // Handles follow the view.
  const [, turn] = useReducer((n: number) => n + 1, 0)

  useEffect(() => {
    if (!host.current) return
    try {
      view.current = new CellView3D(host.current, turn, (lost) => setWarning(lost ? t(LOST) : undefined))
    } catch (error) {
      setWarning(
        t('This browser gives no WebGL view of the cell ({reason}).', {
          reason: error instanceof Error ? error.message : String(error),
        }),
      )
    }
    return () => {
      view.current?.dispose()
      view.current = undefined
    }
  }, [])

  useEffect(() => {
    view.current?.setMesh(computed?.mesh.dimension === 3 ? computed.mesh : undefined, PHASES[theme])
  }, [computed, theme])

  const solid = computed?.mesh.dimension === 3 ? computed : undefined
  const velocity = layer === 'flow' ? flowOf(solid)?.velocity : undefined
  useEffect(() => {
    const along = velocity?.[direction] ?? velocity?.[0]
    view.current?.setLines(along && solid ? linesOf(solid.mesh, along) : undefined)
  }, [solid, velocity, direction])

  const values = useMemo(
    // Lines of the flow are drawn in the room, not on faces.
    () =>
      solid && layer !== 'flow' ? layerValues(solid, layer, shownProblem(solid, layer, chosen), direction) : undefined,
    [solid, layer, chosen, direction],
  )
  useEffect(() => {
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--text').trim()
    view.current?.setCut({ axis, at }, facePaint(phasePainter(cell), PHASES[theme], solid?.mesh, values), ink)
  }, [cell, theme, axis, at, solid, values])

  return (
    <div className="editor">
      <div
        ref={host}
        className="editor-host view3d"
        role="application"
        aria-label={t(
          'Reference cell in space, shape {selected} of {count} selected. Drag to turn it. Arrows, Page Up and Page Down move, plus and minus resize, Delete removes, Tab selects the next shape.',
          { selected: selected + 1, count: cell.shapes.length },
        )}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys
        tabIndex={0}
        onKeyDown={(event) => onEditorKey(lab, event)}
      >
        {view.current && <Grips3D view={view.current} host={host} />}
        {warning && <p className="stage-warning">{warning}</p>}
      </div>
      {values && solid && <LayerBar legend={values} cell={solid} />}
      <div className="cuts">
        {velocity && (
          <Segments
            label={t('Direction of the force')}
            value={String(direction)}
            options={['x', 'y', 'z'].map((label, i) => ({ value: String(i), label: t('flow {label}', { label }) }))}
            onChange={(v) => lab.setState({ axis: Number(v) })}
          />
        )}
        <Segments
          label={t('Cut across')}
          value={String(axis)}
          options={['x', 'y', 'z'].map((label, i) => ({ value: String(i), label }))}
          onChange={(v) => setAxis(Number(v))}
        />
        <span>
          {t('cut')}
          <Slider aria-label={t('cut')} min={0.02} max={1} step={0.01} value={at} onSlide={setAt} />
        </span>
      </div>
    </div>
  )
}
