import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CountingRelay {
  readonly url: string
  /** How often it was asked, with each key. */
  readonly asked: ReadonlyMap<string, number>
  /** Subjects of what it sent, one for each key, as relays promise. */
  sent(): readonly string[]
  stop(): Promise<void>
}

/** A mail API on this machine. */
export async function startCountingRelay(): Promise<CountingRelay> {
  const asked = new Map<string, number>()
  const sent = new Map<string, string>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'])
      const { subject } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { readonly subject: string }
      asked.set(key, (asked.get(key) ?? 0) + 1)
      if (!sent.has(key)) sent.set(key, subject)
      response.writeHead(202).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    asked,
    sent: () => [...sent.values()],
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
