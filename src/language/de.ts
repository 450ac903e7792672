/** German: a file for each part of the program. */
import { catalogue } from './catalogue.ts'
import messages from './de/messages.json' with { type: 'json' }
import models from './de/models.json' with { type: 'json' }
import page from './de/page.json' with { type: 'json' }
import scenarios from './de/scenarios.json' with { type: 'json' }

export const translate = catalogue('de', { ...scenarios, ...models, ...messages, ...page })
