import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { openSession } from './app/session.ts'
import { keepOffline } from './app/shell/offline.ts'
import './app/styles/base.css'
import './app/styles/controls.css'
import './app/styles/layout.css'
import './app/styles/parts.css'
import './app/styles/judge.css'
import './app/styles/proof.css'
import './app/styles/battery.css'

await openSession()
createRoot(document.getElementById('root')!).render(<App />)

if (import.meta.env.PROD) void keepOffline()
