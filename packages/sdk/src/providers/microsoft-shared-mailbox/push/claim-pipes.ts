import type { SubscriptionRecord } from '../../../ports/index.ts'
import type { ProviderPorts } from '../../provider.ts'
import { isClientStateOf, rowIdOf } from './client-state.ts'
import type { GraphNotification } from './read-notifications.ts'

/** A pipe that a client state was made for. */
export interface Claimed {
  readonly record: SubscriptionRecord
  /** The directory of whoever signed in; `null` when it is not known. */
  readonly directoryId: string | null
}

/**
 * The pipes of a batch by their client states, each state proven by itself. Whatever they say, they cost one query for the rows that they name, and one for
 * the connections of those that are genuine; what names no row costs nothing. @throws `unavailable`
 */
export async function claimPipes(
  provider: string,
  { store, crypto }: ProviderPorts,
  items: readonly GraphNotification[],
): Promise<ReadonlyMap<string, Claimed>> {
  const named = new Map<string, string>()
  for (const { clientState } of items) {
    const rowId = rowIdOf(clientState)
    if (rowId !== null) named.set(clientState, rowId)
  }
  const rowIds = [...new Set(named.values())]
  const rows = new Map(rowIds.length === 0 ? [] : (await store.subscriptions.findByIds(rowIds)).map((row) => [row.id, row]))
  const proven = new Map<string, SubscriptionRecord>()
  for (const [clientState, rowId] of named) {
    const found = rows.get(rowId)
    const record = found?.provider === provider ? found : null
    if ((await isClientStateOf(crypto, clientState, record)) && record !== null) proven.set(clientState, record)
  }
  const directories = await directoriesOf(store, [...proven.values()])
  return new Map(
    [...proven].map(([clientState, record]) => [clientState, { record, directoryId: directories.get(nameOf(record)) ?? null }]),
  )
}

/** The directory of whoever signed in, by connection. */
async function directoriesOf(
  { connections }: ProviderPorts['store'],
  records: readonly SubscriptionRecord[],
): Promise<ReadonlyMap<string, string | null>> {
  if (records.length === 0) return new Map()
  const found = await connections.getMany(records.map(({ tenantId, connectionId: id }) => ({ tenantId, id })))
  return new Map(
    found.map(({ tenantId, id, account }) => [nameOf({ tenantId, connectionId: id }), directoryOf(account?.subject ?? '')] as const),
  )
}

const nameOf = ({ tenantId, connectionId }: Pick<SubscriptionRecord, 'tenantId' | 'connectionId'>) =>
  JSON.stringify([tenantId, connectionId])

/** Microsoft's subjects begin with the directory. */
const directoryOf = (subject: string): string | null => /^([\da-f-]{36})\//.exec(subject)?.[1] ?? null
