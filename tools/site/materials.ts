import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** A CycloneDX document, as far as it is changed here. */
interface Bill {
  serialNumber?: string
  metadata: { timestamp?: string; component: { name: string; 'bom-ref': string } }
  components: { 'bom-ref': string; properties: { name: string }[] }[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

const DEVELOPMENT = 'cdx:npm:package:development'

/** The licence of the font of PDFs, which its package keeps beside its own. */
const FONT = 'node_modules/@expo-google-fonts/arimo/LICENSE_FONT'

/**
 * Writes `sbom.cdx.json`: the packages that the page may hold, with versions, licences and hashes, as CycloneDX, from the
 * lock file alone. Without the moment and the number that npm gives it, so that equal sources build equal files. And adds to
 * the notices what they miss of fonts.
 */
export function materials(): Plugin {
  let root = ''
  return {
    name: 'materials',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root
    },
    generateBundle: {
      // After the notices, before the list of files.
      order: 'post',
      handler(_, bundle) {
        const notices = bundle['licences.txt']
        if (notices?.type !== 'asset') this.error('there are no notices of licences to add that of the font to')
        notices.source += `\n## The font Arimo (OFL-1.1)\n\n${readFileSync(`${root}/${FONT}`, 'utf8')}`
        const question = 'sbom --sbom-format=cyclonedx --sbom-type=application --include=dev --package-lock-only'
        const npm = spawnSync('npm', question.split(' '), {
          cwd: root,
          encoding: 'utf8',
          shell: process.platform === 'win32',
        })
        if (npm.status !== 0) this.error(`npm gave no bill of materials: ${npm.stderr || npm.error?.message}`)
        const bill = JSON.parse(npm.stdout) as Bill
        bill.serialNumber = undefined
        bill.metadata.timestamp = undefined
        // npm takes the name of the folder.
        bill.metadata.component.name = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).name
        // npm itself, asked to omit those of development, omits what both need.
        bill.components = bill.components.filter(
          ({ properties }) => !properties.some(({ name }) => name === DEVELOPMENT),
        )
        const held = new Set([bill.metadata.component, ...bill.components].map((component) => component['bom-ref']))
        bill.dependencies = bill.dependencies
          .filter(({ ref }) => held.has(ref))
          .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => held.has(name)) }))
        this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: JSON.stringify(bill, null, 1) })
      },
    },
  }
}
