import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { openSession } from './app/session.ts'
import './app/styles/base.css'
import './app/styles/controls.css'
import './app/styles/layout.css'
import './app/styles/parts.css'

await openSession()
createRoot(document.getElementById('root')!).render(<App />)

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Offline after the first visit; a browser that refuses still has the page.
  addEventListener('load', () => navigator.serviceWorker.register('./sw.js').catch(() => undefined))
}
