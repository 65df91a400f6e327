import { createEnvelope } from '@tenantry/sdk/crypto'
import type { TaskKind } from '@tenantry/sdk/ports'
import { crypto, environment, keys } from './create-host.ts'
import type { Field } from './start-field.ts'

export interface SeedOptions {
  /** Default `sync`. */
  readonly kind?: TaskKind
  /** Default a second. */
  readonly dueMsAgo?: number
  /** Default ten that have no app of their own. */
  readonly tenants?: readonly string[]
}

const tenTenants = Array.from({ length: 10 }, (_, at) => `tenant-${at}`)

/** Many mailboxes at once: copies of a connected one, up to date, with one due task each. @returns their ids */
export async function seedMailboxes(
  field: Field,
  sourceId: string,
  count: number,
  { kind = 'sync', dueMsAgo = 1_000, tenants = tenTenants }: SeedOptions = {},
): Promise<readonly string[]> {
  const { store } = field
  const clock = { now: () => Date.now() + field.aheadMs() }
  const random = {
    uuid: () => globalThis.crypto.randomUUID(),
    bytes: (size: number) => globalThis.crypto.getRandomValues(new Uint8Array(size)),
  }
  const envelope = createEnvelope({ keys, dataKeys: store.dataKeys, crypto, random, clock, environment })
  const source = await store.connections.findById(sourceId)
  const grant = source && (await store.tokens.get(source.tenantId, sourceId))
  const state = source && (await store.syncStates.get(source.tenantId, sourceId))
  if (!source || !grant || !state || grant.sealedAccess === null) throw new Error(`${sourceId} is not connected`)
  const place = (row: { tenantId: string; connectionId: string; version: number }, name: 'access' | 'refresh') => ({
    tenantId: row.tenantId,
    table: 'tenantry_tokens',
    rowId: row.connectionId,
    field: name,
    version: row.version,
  })
  const access = await envelope.open(place(grant, 'access'), grant.sealedAccess)
  const refresh = await envelope.open(place(grant, 'refresh'), grant.sealedRefresh)

  const seedOne = async (at: number): Promise<string> => {
    const id = random.uuid()
    const tenantId = tenants[at % tenants.length] ?? ''
    const row = { tenantId, connectionId: id, version: 1 }
    await store.connections.insert({ ...source, tenantId, id, lastSyncAt: null })
    await store.tokens.put({
      ...grant,
      ...row,
      sealedAccess: await envelope.seal(place(row, 'access'), access),
      sealedRefresh: await envelope.seal(place(row, 'refresh'), refresh),
    })
    await store.syncStates.setCursor(tenantId, id, state.cursor)
    await store.tasks.schedule({ tenantId, connectionId: id, kind, dueAt: clock.now() - dueMsAgo })
    return id
  }
  return Promise.all(Array.from({ length: count }, (_, at) => seedOne(at)))
}
