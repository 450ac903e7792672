/** Two laboratories side by side on one page, each with a scenario, an engine and pictures of its own. */
import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import '../../../src/app/ground/base.css'
import '../../../src/app/kit/controls.css'
import '../../../src/app/page/layout.css'
import '../../../src/app/cell/cell.css'
import '../../../src/app/stage/stage.css'
import '../../../src/app/charts/charts.css'
import '../../../src/app/page/parameters.css'
import '../../../src/app/judge/judge.css'
import { CellPanel } from '../../../src/app/cell/CellPanel.tsx'
import { ChartSlot } from '../../../src/app/page/ChartSlot.tsx'
import ParametersPanel from '../../../src/app/page/ParametersPanel.tsx'
import { StagePanel } from '../../../src/app/page/StagePanel.tsx'
import { SessionContext } from '../../../src/app/session/context.ts'
import { startSession } from '../../../src/app/session/session.ts'
import porous from '../../../src/scenarios/porous-opening.json'
import { parseScenario } from '../../../src/simulation/parse.ts'

const sessions = { left: startSession(), right: startSession({ scenario: parseScenario(porous) }) }

createRoot(document.getElementById('root')!).render(
  <MantineProvider>
    {Object.entries(sessions).map(([name, session]) => (
      <SessionContext key={name} value={session}>
        <section id={name} style={{ width: '48%', float: 'left' }}>
          <div style={{ height: 480 }}>
            <StagePanel />
          </div>
          <div style={{ height: 320 }}>
            <CellPanel />
          </div>
          <div style={{ height: 260 }}>
            <ChartSlot name="first" />
          </div>
          <ParametersPanel />
        </section>
      </SessionContext>
    ))}
  </MantineProvider>,
)
