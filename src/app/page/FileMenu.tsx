/** What is opened, kept and exported. */
import { Menu } from '@mantine/core'
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
        <button type="button" className="button icon-button" aria-label="File and export">
          <FileIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => chooseScenario(session)}>Open a scenario file…</Menu.Item>
        <Menu.Item onClick={() => saveScenario(session)}>Save the scenario</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'about' })}>Title and note…</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'prepare' })}>Prepare for class…</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'recent' })}>Recent work…</Menu.Item>
        <Menu.Item onClick={() => dialogs.setState({ open: 'lessons' })}>Lessons…</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => dialogs.setState({ open: 'record' })}>Record and export…</Menu.Item>
        <Menu.Item onClick={() => exportObservables(session)}>Export observables (CSV)</Menu.Item>
        <Menu.Item onClick={() => exportPicture(session)}>Export the picture (PNG)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
