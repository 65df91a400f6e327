import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../node.ts'
import type { RunningSandbox } from '../node.ts'

/** The same faults, over a real connection. */
describe('faults on the wire', () => {
  let running: RunningSandbox
  beforeAll(async () => {
    running = await startSandbox({ port: 0 })
  })
  afterAll(() => running.stop())
  beforeEach(() => running.sandbox.faults.clear())

  const ask = (init: RequestInit = {}) => fetch(running.sandbox.endpoints.jwks, init)

  it('send a few kilobytes that unpack to gigabytes', async () => {
    running.sandbox.faults.add({ kind: 'flood', gzip: true, bytes: 20_000_000 })
    const response = await ask()
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect((await response.arrayBuffer()).byteLength).toBe(20_000_000)
  })

  it('stream a flood, and stop when the reader has enough', async () => {
    running.sandbox.faults.add({ kind: 'flood' })
    const reader = (await ask()).body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    await reader?.cancel()
  })

  it('break the connection in the middle of a body', async () => {
    running.sandbox.faults.add({ kind: 'cut', bytes: 10 })
    const response = await ask()
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  it('drip', async () => {
    running.sandbox.faults.add({ kind: 'drip', ms: 1 })
    expect(await (await ask()).json()).toHaveProperty('keys')
  })

  it('hang until the caller hangs up', async () => {
    running.sandbox.faults.add({ kind: 'hang' })
    const patience = new AbortController()
    const hanging = ask({ signal: patience.signal })
    while (running.sandbox.requests.at(-1)?.endedAt !== null) await new Promise((resolve) => setImmediate(resolve))
    patience.abort()
    await expect(hanging).rejects.toThrow('aborted')
  })

  it('redirect to another origin', async () => {
    const seen: string[] = []
    const other = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      response.end('{}')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    running.sandbox.faults.add({ kind: 'redirect', to: `http://127.0.0.1:${(other.address() as AddressInfo).port}/token`, status: 302 })
    expect((await ask({ redirect: 'manual' })).status).toBe(302)
    expect(seen).toEqual([])
    await (await ask()).text()
    expect(seen).toEqual(['GET /token'])
    await new Promise((resolve) => other.close(resolve))
  })
})
