/** What the page is read in. */
import { Menu } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { LANGUAGES, type Language, language, t } from '../../language/language.ts'
import { chooseLanguage } from '../ground/chosenLanguage.ts'
import { LanguageIcon } from '../kit/icons.tsx'
import { useSession } from '../session/context.ts'
import { notify } from '../store/notices.ts'

/** The choice draws the page anew, this menu with it: its button takes the focus back. */
let chosen = false

export default function LanguageMenu() {
  const { lab } = useSession()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen) button.current?.focus()
    chosen = false
  }, [])
  const choose = async (next: Language) => {
    chosen = next !== language()
    try {
      await chooseLanguage(next)
    } catch {
      chosen = false
      notify(lab, {
        level: 'warning',
        message: t('The texts in {language} could not be loaded. Try again when you are online.', {
          language: LANGUAGES[next],
        }),
      })
    }
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button ref={button} type="button" className="button icon-button" aria-label={t('Language')}>
          <LanguageIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(LANGUAGES).map(([name, label]) => (
          <Menu.Item key={name} lang={name} aria-current={name === language()} onClick={() => choose(name as Language)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
