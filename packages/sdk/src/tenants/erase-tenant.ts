import { appendAudit } from '../audit/append-audit.ts'
import { loadApps } from '../connections/goodbye/hold-apps.ts'
import { inPieces } from '../connections/in-pieces.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import { journalUndo } from '../google/goodbye/undo.ts'
import { systemTenantId } from '../model/principal.ts'
import type { GoodbyeRecord, SecretRef } from '../ports/index.ts'
import { endForGood } from './end-for-good.ts'
import { moveGoodbyes } from './move-goodbyes.ts'

const pieceOfRows = 1_000
const rounds = 100

export interface Erased {
  readonly connections: number
  /** What is left to do at providers. */
  readonly goodbyes: readonly GoodbyeRecord[]
}

/**
 * Deletes all of a tenant but its audit log; the data key last, without which nothing that was copied opens. Every step can be repeated, and one that finds
 * nothing does nothing. @throws `unavailable`
 */
export async function eraseTenant(context: Context, tenantId: string): Promise<Erased> {
  const apps = await loadApps(context, tenantId)
  const goodbyes: GoodbyeRecord[] = []
  const seen = new Set<string>()
  // Again, until nobody made another meanwhile.
  for (let round = 0; round < rounds; round += 1) {
    const connections = await context.store.connections.list(tenantId)
    if (connections.length === 0) break
    for (const { id } of connections) seen.add(id)
    const ended = await inPieces(connections, (connection) => endForGood(context, connection, apps.get(connection.provider) ?? null))
    goodbyes.push(...ended.filter((record) => record !== null))
  }
  goodbyes.push(...(await moveGoodbyes(context, tenantId, apps)))
  const undo = await journalUndo(context, { tenantId, keeper: systemTenantId, cause: 'delete' })
  if (undo !== null) goodbyes.push(undo)
  await context.secrets.destroyTenant(tenantId)
  await removeRows(context, tenantId)
  await noteDeletion(context, tenantId)
  await context.envelope.destroyKeys(tenantId)
  return { connections: seen.size, goodbyes }
}

/**
 * What late writers left after a tenant was deleted, also a secret that nobody can read because its key is gone; a tenant of the same name that lives again
 * is left alone. @throws `unavailable`
 */
export async function eraseLeftovers(context: Context, tenantId: string): Promise<void> {
  if ((await context.store.connections.list(tenantId)).length > 0) return
  const secrets = await Promise.all((['google', 'microsoft'] as const).map((name) => lookAt(context, { tenantId, name })))
  if (secrets.includes('readable')) return
  if (secrets.includes('unreadable')) await context.secrets.destroyTenant(tenantId)
  await removeRows(context, tenantId)
  await context.envelope.destroyKeys(tenantId)
}

async function lookAt(context: Context, ref: SecretRef): Promise<'none' | 'readable' | 'unreadable'> {
  try {
    return (await context.secrets.get(ref)) === null ? 'none' : 'readable'
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    return 'unreadable'
  }
}

async function removeRows({ store }: Context, tenantId: string): Promise<void> {
  while ((await store.tenants.removeRows(tenantId, pieceOfRows)) > 0);
}

/** Without a data key it was noted before. */
async function noteDeletion(context: Context, tenantId: string): Promise<void> {
  if ((await context.store.dataKeys.current(tenantId)) === null) return
  const sealer = await context.envelope.sealerFor(tenantId)
  await context.store.transaction(async (transaction) => {
    if ((await transaction.audit.head(tenantId))?.action === 'tenant.deleted') return
    await appendAudit(context, transaction, sealer, {
      tenantId,
      actor: 'service',
      action: 'tenant.deleted',
      subject: 'tenant',
      outcome: 'ok',
    })
  })
}
