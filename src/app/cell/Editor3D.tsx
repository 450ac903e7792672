/** The reference cell in space: turn it, cut it; its shapes are edited in the form beside it. */

import { useEffect, useRef, useState } from 'react'
import type { CellResult } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import { phasePainter } from '../ground/house.ts'
import { Segments } from '../kit/controls.tsx'
import { PHASES } from '../kit/phaseColours.ts'
import { Slider } from '../kit/Slider.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { CellView3D } from './CellView3D.ts'
import { linesOf } from './flowLines.ts'
import { flowOf } from './layers.ts'

const LOST = msg('The graphics of this browser were interrupted (lost WebGL context); the view returns with them.')

export default function Editor3D({ cell: computed }: { cell?: CellResult }) {
  const { lab } = useSession()
  const { cell } = useScenario()
  const theme = useLab((s) => s.theme)
  const layer = useLab((s) => s.layer)
  const direction = useLab((s) => s.axis)
  const [axis, setAxis] = useState(1)
  const [at, setAt] = useState(1)
  const [warning, setWarning] = useState<string>()
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<CellView3D>(undefined)

  useEffect(() => {
    if (!host.current) return
    try {
      view.current = new CellView3D(host.current, (lost) => setWarning(lost ? t(LOST) : undefined))
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

  const velocity = layer === 'flow' && computed?.mesh.dimension === 3 ? flowOf(computed)?.velocity : undefined
  useEffect(() => {
    const along = velocity?.[direction] ?? velocity?.[0]
    view.current?.setLines(along && computed ? linesOf(computed.mesh, along) : undefined)
  }, [computed, velocity, direction])

  useEffect(() => {
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--text').trim()
    view.current?.setCut({ axis, at }, phasePainter(cell), PHASES[theme], ink)
  }, [cell, theme, axis, at])

  return (
    <div className="editor">
      <div
        ref={host}
        className="editor-host view3d"
        role="img"
        aria-label={t('The reference cell in three dimensions. Drag to turn it.')}
      >
        {warning && <p className="stage-warning">{warning}</p>}
      </div>
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
