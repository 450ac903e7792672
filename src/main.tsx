import './app/ground/solverFirst.ts'
import { createRoot } from 'react-dom/client'
import { preferredLanguage } from './app/ground/chosenLanguage.ts'
import { App } from './app/page/App.tsx'
import { loadLate } from './app/page/files.ts'
import { keepOffline } from './app/page/offline.ts'
import { SessionContext } from './app/session/context.ts'
import { openSession } from './app/session/session.ts'
import { speak } from './language/speak.ts'
import './app/ground/base.css'
import './app/kit/controls.css'
import './app/page/layout.css'
import './app/page/embed.css'
import './app/cell/cell.css'
import './app/stage/stage.css'
import './app/charts/charts.css'
import './app/page/parameters.css'
import './app/page/dialogs.css'
import './app/judge/judge.css'
import './app/judge/proof.css'
import './app/battery/battery.css'
import './app/tables/tables.css'
import './app/record/record.css'
import './app/kit/touch.css'

const root = document.getElementById('root')
if (!root) throw new RangeError('the page has no element with the id root')
void open(root)

/** The module does not wait for this: parts that load on the way need what stands in one file with it. */
async function open(place: HTMLElement): Promise<void> {
  // Where the catalogue does not come, the page is there in English.
  await speak(preferredLanguage(location.search)).catch(() => undefined)
  const session = await openSession()
  createRoot(place).render(
    <SessionContext value={session}>
      <App />
    </SessionContext>,
  )
  void loadLate(session)
  if (import.meta.env.PROD) void keepOffline(session.lab)
}
