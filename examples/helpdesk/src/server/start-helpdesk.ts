/// <reference lib="esnext.disposable" />
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createLocalKeysFromFile } from '@tenantry/server-adapters/keys/local'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { createApp } from './app.ts'
import { claimFolder } from './claim-folder.ts'
import { createTables } from './database/tables.ts'
import type { HelpdeskTables } from './database/tables.ts'
import { openPort } from './open-port.ts'
import type { Config } from './read-config.ts'
import { createPageServer } from './serve-web.ts'
import { createSessions, readSessionSecret } from './session.ts'
import { startGoogle } from './start-google.ts'
import type { GoogleSide } from './start-google.ts'
import { createHelpdeskTenantry } from './tenantry.ts'

export interface Helpdesk {
  readonly url: string
  readonly sandbox: GoogleSide['sandbox']
  /** Lets running work end and saves everything. */
  stop(): Promise<void>
}

/** Starts all parts, in the order in which they need each other. @throws StartProblem; what was started is stopped again */
export async function startHelpdesk(config: Config): Promise<Helpdesk> {
  const { dataFolder, databaseUrl, hostname } = config
  const cleanUp = new AsyncDisposableStack()
  const stopping = new AbortController()
  try {
    cleanUp.defer(await claimFolder(dataFolder))

    const store = createPostgresStore(databaseUrl === null ? { dataDir: join(dataFolder, 'db') } : { connectionString: databaseUrl })
    cleanUp.defer(() => store.close())
    await store.migrate()
    const database = store.database.withTables<HelpdeskTables>()
    await createTables(database)

    let answer = async (_: Request): Promise<Response> => new Response('The helpdesk is starting.', { status: 503 })
    const wish = { name: 'The helpdesk', variable: 'PORT', wanted: config.port, first: 3000 }
    const { server, port } = await openPort(wish, (wanted) => listen(wanted, hostname, (request) => answer(request)))
    cleanUp.defer(() => close(server))

    const baseUrl = config.publicUrl ?? `http://localhost:${port}`
    const google = await startGoogle(config, `http://127.0.0.1:${port}`)
    cleanUp.defer(() => google.stop())

    const keys = await createLocalKeysFromFile({ path: join(dataFolder, 'keys.json') })
    const secret = await readSessionSecret(join(dataFolder, 'session-secret'))
    const sessions = createSessions({ secret, secure: baseUrl.startsWith('https:') })
    const sdk = createHelpdeskTenantry({ baseUrl, google, store, keys })
    const servePage = await createPageServer(baseUrl)
    const redirectUris = sdk.callbackPaths.map((path) => baseUrl + path)
    const app = createApp({ baseUrl, database, sessions, google, redirectUris, stopping: stopping.signal, sdk, servePage })
    await sdk.start()
    cleanUp.defer(() => sdk.stop())
    answer = async (request) => app.fetch(request)

    const stop = async (): Promise<void> => {
      stopping.abort()
      await cleanUp.disposeAsync()
    }
    return { url: baseUrl, sandbox: google.sandbox, stop }
  } catch (error) {
    await cleanUp.disposeAsync()
    throw error
  }
}

async function listen(
  port: number,
  hostname: string,
  answer: (request: Request) => Promise<Response>,
): Promise<{ server: Server; port: number }> {
  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }))
  server.listen(port, hostname)
  await once(server, 'listening')
  return { server, port }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  // Browsers keep connections open that have nothing more to say.
  const patience = setTimeout(() => server.closeAllConnections(), 2000)
  await closed
  clearTimeout(patience)
}
