/** Licence notices and the bill of materials lie beside the page. */
import { expect, inject, it } from 'vitest'

const read = async (name: string) => (await fetch(`${inject('page')}${name}`)).text()

it('licence notices and the bill of materials name the same packages', async () => {
  const bill = JSON.parse(await read('sbom.cdx.json'))
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'twoscale' } } })
  expect(bill.serialNumber ?? bill.metadata.timestamp).toBeUndefined()
  interface Component {
    name: string
    version: string
    hashes: unknown[]
    licenses: unknown[]
  }
  const components: Component[] = bill.components
  for (const { name, hashes, licenses } of components) {
    expect(hashes, name).not.toEqual([])
    expect(licenses, name).not.toEqual([])
  }
  const billed = new Set(components.map(({ name, version }) => `${name} ${version}`))

  // Licences have headings too; that of a package names its version and its licence.
  const notices = (await read('licences.txt')).split(/^## (?=\S+ - \d\S* \()/m).slice(1)
  // The charts and pictures come with their own.
  for (const name of ['react', 'three', 'plotly.js-cartesian-dist-min', 'katex', 'zod', 'jspdf'])
    expect(notices.some((notice) => notice.startsWith(`${name} - `))).toBe(true)
  for (const notice of notices) {
    const [, name, version] = /^(\S+) - (\S+) \(/.exec(notice) ?? []
    expect(billed, notice.split('\n')[0]).toContain(`${name} ${version}`)
    // One package delivers none.
    if (name !== 'react-remove-scroll-bar') expect(notice).toMatch(/copyright|license/i)
  }
})

it('the font of PDFs comes with its licence', async () => {
  expect(await read('licences.txt')).toMatch(/^## The font Arimo.*Arimo Project Authors.*SIL OPEN FONT LICENSE/ms)
})

it('they are kept for a page without a network', async () => {
  const files: string[] = JSON.parse(/^const BUILD = (.*)$/m.exec(await read('sw.js'))![1]).files
  expect(files).toEqual(expect.arrayContaining(['licences.txt', 'sbom.cdx.json']))
})
