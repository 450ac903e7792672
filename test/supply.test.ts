/** What may come into the house, and who may carry it out: packages, their scripts and licences, and the deployment. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const manifest = JSON.parse(read('package.json'))
const lock: Record<string, Locked> = JSON.parse(read('package-lock.json')).packages

interface Locked {
  version: string
  license?: string
  integrity?: string
  dev?: boolean
  hasInstallScript?: boolean
  link?: boolean
}

const packages = Object.entries(lock).filter(([path]) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

describe('packages', () => {
  it('run no script when they are installed, and those that have one are named', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path))
    expect(new Set(scripted)).toEqual(new Set(Object.keys(manifest.allowScripts)))
    expect(Object.values(manifest.allowScripts)).not.toContain(true)
    // npm leaves out what stands before and after a script too.
    expect(
      Object.keys(manifest.scripts).filter((name) => /^(pre|post)(?!view$)|^(install|prepare)$/.test(name)),
    ).toEqual([])
  })

  it('are some days old', () => {
    expect(Number(/^min-release-age=(\d+)$/m.exec(read('.npmrc'))?.[1])).toBeGreaterThanOrEqual(3)
  })

  it('come from the registry, with a hash', () => {
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
    expect(packages.filter(([, { link }]) => link)).toEqual([])
    const elsewhere = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(elsewhere.filter(([, version]) => !/^\^?\d+\.\d+\.\d+$/.test(String(version)))).toEqual([])
  })

  it('that the page holds are of one version and of a licence that asks for a notice only', () => {
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    const held = packages.filter(([, { dev }]) => !dev)
    expect(held.length).toBeGreaterThan(20)
    const free = /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|Zlib|OFL-1\.1)$/
    // Of a choice of licences one must do; of several that hold together all.
    const choices = (license = '') => license.replace(/^\(|\)$/g, '').split(' OR ')
    const isFree = (choice: string) => choice.split(' AND ').every((word) => free.test(word))
    expect(held.filter(([, { license }]) => !choices(license).some(isFree))).toEqual([])
  })
})

describe.each(readdirSync(new URL('../.github/workflows', import.meta.url)))('workflow %s', (name) => {
  const text = read(`.github/workflows/${name}`)
  const jobs = text
    .slice(text.indexOf('\njobs:\n') + 7)
    .split(/^ {2}(?=\w+:$)/m)
    .filter(Boolean)

  it('takes actions by their commit, with the version beside it', () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map((m) => m[1])
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((action) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  it('hands the right to write to nobody but the deployment', () => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    const writing = jobs.filter((job) => /: write$/m.test(job))
    expect(writing.map((job) => job.split(':')[0])).toEqual(['deploy'])
    // It runs none of what came from a registry.
    expect(writing[0]).not.toMatch(/run:|checkout/)
    for (const job of jobs.filter((job) => job.includes('actions/checkout')))
      expect(job).toContain('persist-credentials: false')
    expect(text).not.toMatch(/pull_request_target|secrets\./)
  })

  it('runs on versions of Node that are maintained', () => {
    const versions = /node: \[(.*)\]/.exec(text)?.[1].split(', ').map(Number) ?? []
    expect(versions.length).toBeGreaterThan(1)
    // Even numbers are kept for years; 20 ended in April 2026.
    expect(versions.filter((version) => version % 2 !== 0 || version < 22)).toEqual([])
  })
})
