import { once } from 'node:events'
import { createServer, get as request } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startFaultProxy } from './start-fault-proxy.ts'
import type { FaultProxy } from './start-fault-proxy.ts'

const text = 'x'.repeat(200)
let server: Server
let proxy: FaultProxy
let asked = 0

beforeAll(async () => {
  server = createServer((_, response) => {
    asked += 1
    // No connection outlives its answer, so that each test opens its own.
    response.setHeader('connection', 'close').end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy = await startFaultProxy({ to: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } })
})
afterEach(async () => {
  proxy.heal()
  await vi.waitUntil(() => proxy.open() === 0)
})
afterAll(async () => {
  await proxy.stop()
  server.closeAllConnections()
  server.close()
})

/** Without a pool, which would open connections of its own accord. */
const get = async (port = proxy.port, signal?: AbortSignal) => {
  const [answer] = (await once(request({ host: '127.0.0.1', port, agent: false, ...(signal && { signal }) }), 'response')) as [
    IncomingMessage,
  ]
  return readAll(answer)
}
const isHealthy = async () => expect(await get()).toBe(text)

/** Says something over a connection of its own, and waits for how it ends. */
async function talk(): Promise<{ heard: string; end: string }> {
  const socket = connect(proxy.port, '127.0.0.1')
  let heard = ''
  socket.on('data', (piece) => (heard += String(piece)))
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  const end = await new Promise<string>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    socket.once('close', () => resolve('closed'))
  })
  return { heard, end }
}

describe('a fault proxy', () => {
  it('passes everything on, and the end too', async () => {
    const { heard, end } = await talk()
    expect([heard.endsWith(text), end]).toEqual([true, 'closed'])
  })

  it('delays what passes', async () => {
    proxy.set({ kind: 'latency', ms: 40 })
    const startedAt = performance.now()
    await isHealthy()
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75)
  })

  it('resets, and what was kept open too', async () => {
    const idle = connect(proxy.port, '127.0.0.1')
    await expect.poll(() => proxy.open()).toBe(1)
    proxy.set({ kind: 'reset' })
    expect(await once(idle, 'error')).toMatchObject([{ code: 'ECONNRESET' }])
    await expect.poll(() => proxy.open()).toBe(0)
    expect(await talk()).toEqual({ heard: '', end: 'ECONNRESET' })
    proxy.heal()
    await isHealthy()
  })

  it('accepts and says nothing, and resets who waited once healed', async () => {
    const before = asked
    proxy.set({ kind: 'half-open' })
    await expect(get(proxy.port, AbortSignal.timeout(50))).rejects.toThrow('aborted')
    const waiting = talk()
    await expect.poll(() => proxy.open()).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toBe(before)
    proxy.heal()
    expect(await waiting).toEqual({ heard: '', end: 'ECONNRESET' })
    await isHealthy()
  })

  it('ends each connection after so many bytes', async () => {
    proxy.set({ kind: 'truncate', afterBytes: 30 })
    const { heard, end } = await talk()
    expect([heard.length, end]).toEqual([30, 'closed'])
    await expect(get()).rejects.toThrow()
  })

  it('loses an answer to what was carried out, as often as asked', async () => {
    const before = asked
    proxy.set({ kind: 'drop-response', times: 1 })
    expect(await talk()).toEqual({ heard: '', end: 'ECONNRESET' })
    expect(asked).toBe(before + 1)
    await isHealthy()
  })

  it('drips, and goes on at full speed once healed', async () => {
    proxy.set({ kind: 'drip', everyMs: 5 })
    const answer = get()
    const startedAt = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 60))
    proxy.heal()
    expect(await answer).toBe(text)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55)
  })

  it('holds everything back and goes on where it was', async () => {
    proxy.set({ kind: 'pause' })
    let done = false
    const answer = get().finally(() => (done = true))
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(done).toBe(false)
    proxy.heal()
    expect(await answer).toBe(text)
  })

  it('kills what is open, and what comes next works', async () => {
    proxy.set({ kind: 'pause' })
    const waiting = talk()
    await expect.poll(() => proxy.open()).toBe(1)
    proxy.killAll()
    expect((await waiting).end).toBe('ECONNRESET')
    proxy.heal()
    await isHealthy()
  })

  it('resets its client when nobody is there behind it', async () => {
    const lonely = await startFaultProxy({ to: { host: '127.0.0.1', port: 1 } })
    await expect(get(lonely.port)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await lonely.stop()
    expect(lonely.open()).toBe(0)
  })
})
