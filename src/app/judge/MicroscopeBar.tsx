/** The microscope's switch, and while it is on its settings and what it says. */
import { IconButton, Segments } from '../kit/controls.tsx'
import { useJudgeView, useLab, useScenario, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import { proofOf } from '../store/proof.ts'
import type { LensMode } from '../store/view.ts'
import { lensOnShow, toggleLens, useLensKeys } from './lensDesk.ts'

/** Marks a part among the choices, whatever its name is. */
const PART = 'part:'

export function MicroscopeButton() {
  const session = useSession()
  const lens = useJudgeView((s) => s.lens)
  useLensKeys()
  return (
    <IconButton label="Microscope: look into a cell" hotkey="M" pressed={lens} onClick={() => toggleLens(session)}>
      <MicroscopeIcon />
    </IconButton>
  )
}

export function MicroscopeBar() {
  const session = useSession()
  const { view } = session
  const scenario = useScenario()
  const { cell } = scenario
  const resolved = useLab((s) => s.model?.resolved !== undefined)
  const mode = useJudgeView((s) => s.lensMode)
  const wanted = useJudgeView((s) => s.lensPart)
  const depth = useJudgeView((s) => s.depth)
  useLab((s) => s.time)
  useLab((s) => s.field)
  useLab((s) => s.cell)
  useJudgeView((s) => s.gaze)
  const image = lensOnShow(session)
  const small = proofOf(scenario)?.small ?? 'ε'
  const { parts = [], terms = [] } = onShow(session)?.field.microscopic ?? {}
  // Where fields multiply the gradients, what is added to u₀ is more than χ·∇u₀.
  const sum = terms.some((t) => t.times) ? `u₀ + ${small} u₁` : `u₀ + ${small} χ·∇u₀`
  const part = parts.find((p) => p.name === wanted)
  const modes: readonly { value: LensMode; label: string }[] = [
    { value: 'reconstructed', label: sum },
    { value: 'resolved', label: 'resolved' },
    { value: 'difference', label: 'difference' },
  ]
  const choices = [
    ...modes.filter(({ value }) => resolved || value === 'reconstructed'),
    ...parts.map(({ name }) => ({ value: `${PART}${name}`, label: `${name} part` })),
  ]
  return (
    <div className="microscope-bar">
      {choices.length > 1 && (
        <Segments
          label="In the cell"
          value={part ? `${PART}${part.name}` : resolved ? mode : 'reconstructed'}
          options={choices}
          onChange={(value) => {
            const chosen = modes.find((m) => m.value === value)
            view.setState({
              lensMode: chosen?.value ?? 'reconstructed',
              lensPart: chosen ? undefined : value.slice(PART.length),
            })
          }}
        />
      )}
      {cell.dimension === 3 && (
        <label className="lens-depth">
          slice
          <input
            type="range"
            min={0.02}
            max={0.98}
            step={0.02}
            value={depth}
            aria-label="Where the slice cuts the cell"
            onChange={(event) => view.setState({ depth: Number(event.currentTarget.value) })}
          />
        </label>
      )}
      {typeof image === 'string' ? (
        <span role="status">{image}</span>
      ) : (
        <span className="hint">
          {part ? part.help : choices.length === 1 ? `${sum} in a cell:` : ''} Pointer or arrow keys; Esc closes.
        </span>
      )}
    </div>
  )
}

function MicroscopeIcon() {
  return (
    <svg
      viewBox="0 0 16 16"
      width="1.15em"
      height="1.15em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M5.2 2.4 8 1.6l1.9 6.6-2.8.8ZM3 14h10M9.3 5.1a4.5 4.5 0 0 1 .9 8.7M5.5 11h4" />
    </svg>
  )
}
