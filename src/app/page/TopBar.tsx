import { t } from '../../language/language.ts'
import { familyOf } from '../ground/house.ts'
import { IconButton } from '../kit/controls.tsx'
import {
  ChevronIcon,
  FileIcon,
  HelpIcon,
  LanguageIcon,
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

const LanguageMenu = afterPicture(
  () => import('./LanguageMenu.tsx'),
  () => (
    <button type="button" className="button icon-button" aria-label={t('Language')} disabled>
      <LanguageIcon />
    </button>
  ),
)

/** Its place is kept until it comes. */
const FileMenu = afterPicture(
  () => import('./FileMenu.tsx'),
  () => (
    <button type="button" className="button icon-button" aria-label={t('File and export')} disabled>
      <FileIcon />
    </button>
  ),
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
      <span className="family">{t(familyOf(scenario).label)}</span>
      <button
        type="button"
        className="button preset"
        onClick={() => dialogs.setState({ open: 'gallery' })}
        aria-haspopup="dialog"
        title={t(scenario.description)}
      >
        <span className="visually-hidden">{t('Scenario:')} </span>
        <span className="preset-title">{t(scenario.title)}</span>
        <ChevronIcon />
      </button>
      <Transport />
      <div className="topbar-end">
        <IconButton label={t('Undo')} hotkey="Control+Z" onClick={() => undo(lab)} disabled={!canUndo}>
          <UndoIcon />
        </IconButton>
        <IconButton label={t('Redo')} hotkey="Control+Shift+Z" onClick={() => redo(lab)} disabled={!canRedo}>
          <RedoIcon />
        </IconButton>
        <IconButton label={t('Share a link')} onClick={() => dialogs.setState({ open: 'share' })}>
          <LinkIcon />
        </IconButton>
        <FileMenu />
        <LanguageMenu />
        <IconButton label={t('Large type')} pressed={large} onClick={() => lab.setState({ large: !large })}>
          <TypeIcon />
        </IconButton>
        <IconButton label={t('Projector layout')} hotkey="P" onClick={() => lab.setState({ present: true })}>
          <ScreenIcon />
        </IconButton>
        <IconButton
          label={theme === 'light' ? t('Dark colours') : t('Light colours')}
          onClick={() => lab.setState({ theme: theme === 'light' ? 'dark' : 'light' })}
        >
          {theme === 'light' ? <MoonIcon /> : <SunIcon />}
        </IconButton>
        <IconButton label={t('Keys and help')} hotkey="?" onClick={() => dialogs.setState({ open: 'help' })}>
          <HelpIcon />
        </IconButton>
        {onDrawer && (
          <IconButton label={t('Parameters')} pressed={drawer} onClick={onDrawer}>
            <SlidersIcon />
          </IconButton>
        )}
      </div>
    </header>
  )
}
