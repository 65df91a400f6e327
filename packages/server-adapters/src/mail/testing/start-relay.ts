import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RelayBehaviour } from '@tenantry/sdk/testing/contracts'

export interface RunningRelay {
  readonly url: string
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[]
  behave(behaviour: RelayBehaviour): void
  stop(): Promise<void>
}

/** A mail API on this machine, which remembers what it was asked. */
export async function startRelay(): Promise<RunningRelay> {
  const requests: RunningRelay['requests'] = []
  let behaviour: RelayBehaviour = { status: 202, body: '{}' }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
      if (behaviour === 'hang up') request.socket.destroy()
      else if (behaviour !== 'late') response.writeHead(behaviour.status, behaviour.headers ?? {}).end(behaviour.body ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    requests,
    behave: (next) => {
      behaviour = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
