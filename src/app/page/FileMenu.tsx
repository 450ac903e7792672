/** What is opened, kept and exported. */
import { Menu } from '@mantine/core'
import { t } from '../../language/language.ts'
import { FileIcon } from '../kit/icons.tsx'
import { useSession } from '../session/context.ts'
import { exportObservables, exportPicture } from './exports.ts'
import { chooseScenario, saveScenario } from './files.ts'

export default function FileMenu() {
  const session = useSession()
  const { dialogs } = session
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className="button icon-button" aria-label={t('File and export')}>
          <FileIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => chooseScenario(session)}>{t('Open a scenario file…')}</Menu.Item>
        <Menu.Item onClick={() => saveScenario(session)}>{t('Save the scenario')}</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'about' })}>{t('Title and note…')}</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'prepare' })}>{t('Prepare for class…')}</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'recent' })}>{t('Recent work…')}</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'lessons' })}>{t('Lessons…')}</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'atlases' })}>{t('Atlases…')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => dialogs.setState({ open: 'record' })}>{t('Record and export…')}</Menu.Item>
        <Menu.Item onClick={() => exportObservables(session)}>{t('Export observables (CSV)')}</Menu.Item>
        <Menu.Item onClick={() => exportPicture(session)}>{t('Export the picture (PNG)')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
