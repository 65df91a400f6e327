import { openOrNull } from '../connections/goodbye/hold-apps.ts'
import type { HeldApps } from '../connections/goodbye/hold-apps.ts'
import { keepGoodbye, taskOf } from '../connections/goodbye/journal.ts'
import { openMaterial, sealHeld, sealMaterial } from '../connections/goodbye/material.ts'
import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import { systemTenantId } from '../model/principal.ts'
import type { GoodbyeRecord, SubscriptionRecord } from '../ports/index.ts'

/** The goodbyes that a tenant still says become the system's, sealed with its key and with the app that they need. @throws `unavailable` */
export async function moveGoodbyes(context: Context, tenantId: string, apps: HeldApps): Promise<readonly GoodbyeRecord[]> {
  const moved: GoodbyeRecord[] = []
  for (const record of await context.store.goodbyes.list(tenantId)) {
    if (record.endedAt !== null) continue
    const sealed = await sealAnew(context, record, apps)
    const kept: GoodbyeRecord = { ...record, tenantId: systemTenantId, name: '', cause: 'delete', sealed, version: 1 }
    await context.store.transaction(async (transaction) => {
      if (sealed !== null) await keepGoodbye(transaction, kept)
      await transaction.goodbyes.remove(tenantId, record.id)
      await transaction.tasks.removeForConnection(taskOf(record).tenantId, taskOf(record).connectionId)
    })
    if (sealed !== null) moved.push(kept)
  }
  return moved
}

/** `null` when nobody can read it. */
async function sealAnew(context: Context, record: GoodbyeRecord, apps: HeldApps): Promise<string | null> {
  const sealer = await context.envelope.sealerFor(systemTenantId)
  const place = { tenantId: systemTenantId, id: record.id }
  if (record.kind !== 'connection') return sealAsItIs(context, record, (material) => sealMaterial(sealer, place, material))
  const held = await openOrNull(context, record)
  if (held === null) return null
  const pipes = await Promise.all(held.pipes.map((pipe) => asKnown(context, pipe)))
  return sealHeld(sealer, place, { ...held, pipes, app: held.app ?? apps.get(record.provider) ?? null })
}

async function sealAsItIs(context: Context, record: GoodbyeRecord, seal: (material: object) => Promise<string>): Promise<string | null> {
  try {
    return await seal((await openMaterial(context, record)) as object)
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'secrets_unreadable') throw error
    return null
  }
}

/** What posts have told of a pipe is in its row, which goes. */
async function asKnown({ store }: Context, pipe: SubscriptionRecord): Promise<SubscriptionRecord> {
  const row = await store.subscriptions.findById(pipe.id)
  return row?.tenantId === pipe.tenantId
    ? { ...pipe, resourceId: row.resourceId ?? pipe.resourceId, expiresAt: row.expiresAt ?? pipe.expiresAt }
    : pipe
}
