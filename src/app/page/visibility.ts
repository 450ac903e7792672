/** A page nobody sees computes nothing: hidden tabs, and embedded pages scrolled out of sight. */
import { useEffect } from 'react'
import { useSession } from '../session/context.ts'

export function useVisibility(): void {
  const { engine } = useSession()
  useEffect(() => {
    let onScreen = true
    const tell = () => engine.setVisible(onScreen && !document.hidden)
    const observer = new IntersectionObserver(([entry]) => {
      onScreen = entry?.isIntersecting ?? true
      tell()
    })
    observer.observe(document.documentElement)
    document.addEventListener('visibilitychange', tell)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', tell)
    }
  }, [engine])
}
