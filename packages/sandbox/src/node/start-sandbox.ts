import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createSandbox } from '../create-sandbox.ts'
import type { Sandbox, SandboxOptions } from '../create-sandbox.ts'
import { ConnectionReset } from '../http/connection-reset.ts'
import { openStateFile } from './state-file.ts'

export interface StartOptions extends SandboxOptions {
  /** Default 4010; 0 takes a free one. */
  port?: number
  /** Default `127.0.0.1`. */
  hostname?: string
  /** Loaded at the start, written (atomically) on change and on stop. */
  stateFile?: string
  /** Create support@acme.test, dana@acme.test and help@globex.test on the first run; default true. */
  seed?: boolean
}

export interface RunningSandbox {
  sandbox: Sandbox
  origin: string
  stop(): Promise<void>
}

const FIRST_ACCOUNTS = [
  { address: 'support@acme.test', name: 'Acme Support' },
  { address: 'dana@acme.test', name: 'Dana Reyes' },
  { address: 'help@globex.test', name: 'Globex Help' },
]

/** Serves a sandbox over HTTP. @throws Error when the port is taken or the state file cannot be read */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const { port = 4010, hostname = '127.0.0.1', stateFile, seed = true, ...rest } = options
  const file = stateFile === undefined ? null : openStateFile(stateFile)
  const state = options.state ?? (await file?.load()) ?? undefined
  // Like Google's, which outlives a client's pause: a reused connection is not found closed.
  const server = createServer({ keepAliveTimeout: 65_000 })
  await listen(server, port, hostname)
  const origin = options.origin ?? `http://${hostname === '127.0.0.1' ? 'localhost' : hostname}:${portOf(server)}`
  const sandbox: Sandbox = createSandbox({ ...rest, origin, ...(state ? { state } : {}) }, () => file?.save(() => sandbox.snapshot()))
  const listener = getRequestListener((request, env) => answer(sandbox, request, () => env.outgoing.destroy()), {
    overrideGlobalObjects: false,
  })
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))
  if (!state && seed) for (const account of FIRST_ACCOUNTS) sandbox.google.createAccount(account)
  return {
    sandbox,
    origin,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await file?.flush(() => sandbox.snapshot())
    },
  }
}

async function answer(sandbox: Sandbox, request: Request, breakConnection: () => void): Promise<Response> {
  try {
    return pack(await sandbox.fetch(request))
  } catch (problem) {
    if (!(problem instanceof ConnectionReset)) throw problem
    breakConnection()
    return RESPONSE_ALREADY_SENT
  }
}

/** Inside, bodies are as `fetch` hands them over; on the wire they are what their header says. */
function pack(response: Response): Response {
  if (response.headers.get('content-encoding') !== 'gzip' || !response.body) return response
  return new Response(response.body.pipeThrough(new CompressionStream('gzip')), response)
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port')
  return address.port
}
