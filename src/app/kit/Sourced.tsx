/** The source of a value, with links to the works it names. */
import { useEffect, useState } from 'react'
import type { Piece } from '../../record/works.ts'
import { familyOf } from '../ground/house.ts'
import { useScenario } from '../session/context.ts'

export function Sourced({ text }: { text: string }) {
  const { works } = familyOf(useScenario())
  const [pieces, setPieces] = useState<readonly Piece[]>([{ text }])
  useEffect(() => {
    let alive = true
    void Promise.all([import('../../record/works.ts'), works?.() ?? []]).then(
      ([{ linked }, known]) => alive && setPieces(linked(text, known)),
    )
    return () => {
      alive = false
    }
  }, [text, works])
  return pieces.map(({ text: piece, href }, k) =>
    href ? (
      <a key={`${k} ${piece}`} href={href} target="_blank" rel="noreferrer">
        {piece}
      </a>
    ) : (
      <span key={`${k} ${piece}`}>{piece}</span>
    ),
  )
}
