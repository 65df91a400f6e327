/// <reference lib="esnext.disposable" />
import { join } from 'node:path'
import { isTenantryError } from '@tenantry/sdk'
import { createLocalKeysFromFile } from '@tenantry/server-adapters/keys/local'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { createApp } from './app.ts'
import { claimFolder } from './claim-folder.ts'
import { createTables } from './database/tables.ts'
import type { HelpdeskTables } from './database/tables.ts'
import { listen } from './listen.ts'
import type { ListenOptions } from './listen.ts'
import { createLogger } from './log.ts'
import { openPort } from './open-port.ts'
import type { Config } from './read-config.ts'
import { createPageServer } from './serve-page.ts'
import { createSessions, readSessionSecret } from './session.ts'
import { StartProblem } from './start-problem.ts'
import { startVendors } from './start-vendors.ts'
import type { Vendors } from './start-vendors.ts'
import { startVite } from './start-vite.ts'
import { createHelpdeskTenantry } from './tenantry.ts'

export interface Helpdesk {
  readonly url: string
  readonly sandbox: Vendors['sandbox']
  /** Lets running work end and saves everything. */
  stop(): Promise<void>
}

/** Starts all parts, in the order in which they need each other. @throws StartProblem; what was started is stopped again */
export async function startHelpdesk(config: Config): Promise<Helpdesk> {
  const cleanUp = new AsyncDisposableStack()
  try {
    const inFolder = (name: string): string => join(config.dataFolder, name)
    cleanUp.defer(await claimFolder(config.dataFolder))
    const place = config.databaseUrl === null ? { dataDir: inFolder('db') } : { connectionString: config.databaseUrl }
    const store = createPostgresStore({ ...place, logger: createLogger() })
    cleanUp.defer(() => store.close())
    await store.migrate().catch(explainOutage)
    const database = store.database.withTables<HelpdeskTables>()
    await createTables(database)

    let answer: ListenOptions['answer'] = async () => new Response('The helpdesk is starting.', { status: 503 })
    const vite = config.development ? await startVite() : null
    if (vite) cleanUp.defer(() => vite.close())
    const door = { hostname: config.hostname, answer: (request: Request) => answer(request), ...(vite && { answerPage: vite.answer }) }
    const wish = { name: 'The helpdesk', variable: 'PORT', wanted: config.port, first: 3000 }
    const server = await openPort(wish, (port) => listen(port, door))
    cleanUp.defer(() => server.close())

    const baseUrl = config.publicUrl ?? `http://localhost:${server.port}`
    const vendors = await startVendors(config, { origin: `http://127.0.0.1:${server.port}`, baseUrl })
    cleanUp.defer(() => vendors.stop())
    const keys = await createLocalKeysFromFile({ path: inFolder('keys.json') })
    const sdk = createHelpdeskTenantry({ baseUrl, vendors, store, keys })
    const sessions = createSessions({ secret: await readSessionSecret(inFolder('session-secret')), secure: baseUrl.startsWith('https:') })
    const servePage = vite ? null : await createPageServer(baseUrl)
    const stopping = new AbortController()
    const headsFolder = inFolder('audit-heads')
    const app = createApp({ baseUrl, database, vendors, sdk, sessions, headsFolder, servePage, stopping: stopping.signal })
    await sdk.start()
    cleanUp.defer(() => sdk.stop())
    cleanUp.defer(async () => stopping.abort())
    answer = async (request) => app.fetch(request)
    return { url: baseUrl, sandbox: vendors.sandbox, stop: () => cleanUp.disposeAsync() }
  } catch (error) {
    await cleanUp.disposeAsync()
    throw error
  }
}

function explainOutage(error: unknown): never {
  if (!isTenantryError(error) || error.code !== 'unavailable') throw error
  throw new StartProblem('The database does not answer. Check DATABASE_URL; without it, the embedded database in the data folder is used.')
}
