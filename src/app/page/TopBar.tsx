import { familyOf } from '../ground/house.ts'
import { IconButton } from '../kit/controls.tsx'
import {
  ChevronIcon,
  FileIcon,
  HelpIcon,
  LinkIcon,
  MoonIcon,
  RedoIcon,
  ScreenIcon,
  SlidersIcon,
  SunIcon,
  TypeIcon,
  UndoIcon,
} from '../kit/icons.tsx'
import { afterPicture } from '../kit/later.tsx'
import { useHistory, useLab, useScenario, useSession } from '../session/context.ts'
import { redo, undo } from '../store/edits.ts'
import { Transport } from './Transport.tsx'

/** Its place is kept until it comes. */
const FileMenu = afterPicture(
  () => import('./FileMenu.tsx'),
  <button type="button" className="button icon-button" aria-label="File and export" disabled>
    <FileIcon />
  </button>,
)

export function TopBar({ drawer = false, onDrawer }: { drawer?: boolean; onDrawer?: () => void }) {
  const session = useSession()
  const { lab, dialogs } = session
  const scenario = useScenario()
  const theme = useLab((s) => s.theme)
  const large = useLab((s) => s.large)
  const { canUndo, canRedo } = useHistory()
  return (
    <header className="topbar">
      <h1 className="brand">Twoscale</h1>
      <span className="family">{familyOf(scenario).label}</span>
      <button
        type="button"
        className="button preset"
        onClick={() => dialogs.setState({ open: 'gallery' })}
        aria-haspopup="dialog"
        title={scenario.description}
      >
        <span className="visually-hidden">Scenario: </span>
        <span className="preset-title">{scenario.title}</span>
        <ChevronIcon />
      </button>
      <Transport />
      <div className="topbar-end">
        <IconButton label="Undo" hotkey="Control+Z" onClick={() => undo(lab)} disabled={!canUndo}>
          <UndoIcon />
        </IconButton>
        <IconButton label="Redo" hotkey="Control+Shift+Z" onClick={() => redo(lab)} disabled={!canRedo}>
          <RedoIcon />
        </IconButton>
        <IconButton label="Share a link" onClick={() => dialogs.setState({ open: 'share' })}>
          <LinkIcon />
        </IconButton>
        <FileMenu />
        <IconButton label="Large type" pressed={large} onClick={() => lab.setState({ large: !large })}>
          <TypeIcon />
        </IconButton>
        <IconButton label="Projector layout" hotkey="P" onClick={() => lab.setState({ present: true })}>
          <ScreenIcon />
        </IconButton>
        <IconButton
          label={theme === 'light' ? 'Dark colours' : 'Light colours'}
          onClick={() => lab.setState({ theme: theme === 'light' ? 'dark' : 'light' })}
        >
          {theme === 'light' ? <MoonIcon /> : <SunIcon />}
        </IconButton>
        <IconButton label="Keys and help" hotkey="?" onClick={() => dialogs.setState({ open: 'help' })}>
          <HelpIcon />
        </IconButton>
        {onDrawer && (
          <IconButton label="Parameters" pressed={drawer} onClick={onDrawer}>
            <SlidersIcon />
          </IconButton>
        )}
      </div>
    </header>
  )
}
