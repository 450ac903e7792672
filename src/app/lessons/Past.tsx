/** How fingers get past a sketch, said where there are fingers. */
import { t } from '../../language/language.ts'
import { useMedia } from '../kit/useMedia.ts'

export function Past() {
  const fingers = useMedia('(any-pointer: coarse)')
  return fingers && t('A finger up or down scrolls; one that rests a moment first draws that way too.')
}
