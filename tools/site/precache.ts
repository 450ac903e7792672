import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

const TEMPLATE = new URL('./serviceWorker.js', import.meta.url)
/** Fonts of formulas in older formats, for browsers that cannot run the page anyway. */
const LEFT_OUT = /KaTeX_[^/]*\.(ttf|woff)$/

/** Files of a folder and those below it, by their addresses. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
}

/** Writes `sw.js`: the service worker with the list of all files of this build, named by a hash of that list. */
export function precache(): Plugin {
  let publicDir = ''
  return {
    name: 'precache',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const name of Object.keys(bundle)) if (LEFT_OUT.test(name)) delete bundle[name]
        const files = [...Object.keys(bundle), ...filesOf(publicDir)].sort()
        const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry)?.fileName
        const page = bundle['index.html']
        if (!entry || page?.type !== 'asset') return
        const template = readFileSync(TEMPLATE, 'utf8')
        const id = createHash('sha256')
          .update(JSON.stringify([files, page.source, template]))
          .digest('hex')
          .slice(0, 12)
        const source = `const BUILD = ${JSON.stringify({ id, entry, files })}\n${template}`
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}
