/** Builds the page as it is delivered and serves it on a free port, once for all browser tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, preview } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the served page. */
    page: string
    /** Gzipped size of the scripts that load before the first paint, bytes. */
    initialScripts: number
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'twoscale-e2e-'))
  // The test runner's environment would put React's development build into the page.
  process.env.NODE_ENV = 'production'
  const result = await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } })
  const { output } = Array.isArray(result) ? result[0] : (result as Exclude<typeof result, { close: unknown }>)
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
  const initial = new Set<string>()
  const visit = (name: string) => {
    const chunk = chunks.get(name)
    if (!chunk || initial.has(name)) return
    initial.add(name)
    chunk.imports.forEach(visit)
  }
  const html = output.find(({ fileName }) => fileName === 'index.html')
  const source = html?.type === 'asset' ? String(html.source) : ''
  for (const [, name] of source.matchAll(/<script[^>]+src="\.\/([^"]+)"/g)) visit(name)
  let bytes = 0
  for (const name of initial) bytes += gzipSync(chunks.get(name)!.code).length
  const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  project.provide('page', server.resolvedUrls!.local[0])
  project.provide('initialScripts', bytes)
  return async () => {
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
}
