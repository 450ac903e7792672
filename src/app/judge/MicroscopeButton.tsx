/** The microscope's switch. */
import { t } from '../../language/language.ts'
import { IconButton } from '../kit/controls.tsx'
import { useJudgeView, useSession } from '../session/context.ts'
import { toggleLens, useLensKeys } from './lensDesk.ts'

export function MicroscopeButton() {
  const session = useSession()
  const lens = useJudgeView((s) => s.lens)
  useLensKeys()
  return (
    <IconButton label={t('Microscope: look into a cell')} hotkey="M" pressed={lens} onClick={() => toggleLens(session)}>
      <MicroscopeIcon />
    </IconButton>
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
