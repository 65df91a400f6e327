import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

export interface ListenOptions {
  readonly hostname: string
  /** Answers every request, or those below `/api/` when `answerPage` is given. */
  readonly answer: (request: Request) => Promise<Response>
  readonly answerPage?: (incoming: IncomingMessage, outgoing: ServerResponse) => void
}

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** How long connections that browsers keep open may stay when the server closes, in milliseconds. */
const patience = 1000

/** @throws the system's error, with code EADDRINUSE when the port is busy */
export async function listen(port: number, { hostname, answer, answerPage }: ListenOptions): Promise<Listening> {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false })
  const server = createServer((incoming, outgoing) => {
    if (answerPage && !incoming.url?.startsWith('/api/')) answerPage(incoming, outgoing)
    else void listener(incoming, outgoing)
  })
  server.listen(port, hostname)
  await once(server, 'listening')
  return { port, close: () => close(server) }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearTimeout(timer)
}
