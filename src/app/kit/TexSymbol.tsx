/** A parameter's symbol, typeset once KaTeX has arrived. */
import { useEffect, useState } from 'react'
import { firstPicture } from '../ground/firstPicture.ts'
import { trustedInner } from '../ground/house.ts'

type Katex = typeof import('katex').default
let loaded: Katex | undefined
let loading: Promise<Katex> | undefined
const cache = new Map<string, string>()

export function TexSymbol({ tex }: { tex: string }) {
  const [katex, setKatex] = useState<Katex | undefined>(() => loaded)
  useEffect(() => {
    if (katex) return
    loading ??= firstPicture
      .then(() => Promise.all([import('katex'), import('katex/dist/katex.min.css')]))
      .then(([module]) => module.default)
    let alive = true
    void loading
      .then((k) => {
        loaded = k
        if (alive) setKatex(() => k)
      })
      // Without it the label stands alone; the symbol is an extra.
      .catch(() => undefined)
    return () => {
      alive = false
    }
  }, [katex])
  if (!katex) return null
  let html = cache.get(tex)
  if (html === undefined) {
    html = katex.renderToString(tex, { throwOnError: false, strict: 'ignore' })
    cache.set(tex, html)
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX output of the family's own symbols
  return <span className="symbol" aria-hidden="true" dangerouslySetInnerHTML={trustedInner(html)} />
}
