import { Menu } from '@mantine/core'
import { familyOf } from '../ground/house.ts'
import { IconButton } from '../kit/controls.tsx'
import {
  ChevronIcon,
  FileIcon,
  HelpIcon,
  LinkIcon,
  MoonIcon,
  RedoIcon,
  SlidersIcon,
  SunIcon,
  TypeIcon,
  UndoIcon,
} from '../kit/icons.tsx'
import { useHistory, useLab, useScenario, useSession } from '../session/context.ts'
import { redo, undo } from '../store/edits.ts'
import { exportObservables, exportPicture } from './exports.ts'
import { chooseScenario, saveScenario } from './files.ts'
import { Transport } from './Transport.tsx'

export function TopBar({ drawer, onDrawer }: { drawer: boolean; onDrawer: () => void }) {
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
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <button type="button" className="button icon-button" aria-label="File and export">
              <FileIcon />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => chooseScenario(session)}>Open a scenario file…</Menu.Item>
            <Menu.Item onClick={() => saveScenario(session)}>Save the scenario</Menu.Item>
            <Menu.Item onClick={() => dialogs.setState({ open: 'recent' })}>Recent work…</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => exportObservables(session)}>Export observables (CSV)</Menu.Item>
            <Menu.Item onClick={() => exportPicture(session)}>Export the picture (PNG)</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <IconButton label="Large type" pressed={large} onClick={() => lab.setState({ large: !large })}>
          <TypeIcon />
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
        <IconButton label="Parameters" pressed={drawer} onClick={onDrawer}>
          <SlidersIcon />
        </IconButton>
      </div>
    </header>
  )
}
