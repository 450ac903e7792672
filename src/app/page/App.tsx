import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/Tooltip.css'
import { useEffect, useSyncExternalStore } from 'react'
import { language, onLanguage, t } from '../../language/language.ts'
import { PanelBoundary } from '../kit/Panel.tsx'
import { useLab } from '../session/context.ts'
import { useFileDrop } from './files.ts'
import { useKeyboard } from './keyboard.ts'
import { Layout } from './Layout.tsx'
import { useLinks } from './links.ts'
import { useVisibility } from './visibility.ts'

export function App() {
  const theme = useLab((s) => s.theme)
  const large = useLab((s) => s.large)
  const chrome = useLab((s) => s.chrome)
  const present = useLab((s) => s.present)
  const spoken = useSyncExternalStore(onLanguage, language)
  useEffect(() => {
    document.documentElement.lang = spoken
  }, [spoken])
  useEffect(() => {
    document.documentElement.dataset.large = String(large)
    document.documentElement.dataset.chrome = chrome
    document.documentElement.dataset.present = String(present)
  }, [large, chrome, present])
  useKeyboard()
  useFileDrop()
  useLinks()
  useVisibility()
  return (
    // Its styles are files: those that it would write into the page are HTML, which the policy refuses.
    <MantineProvider forceColorScheme={theme} withCssVariables={false} withGlobalClasses={false}>
      <PanelBoundary title={t('The page')}>
        {/* Texts are chosen where they are drawn: another language draws everything anew. */}
        <Layout key={spoken} />
      </PanelBoundary>
    </MantineProvider>
  )
}
