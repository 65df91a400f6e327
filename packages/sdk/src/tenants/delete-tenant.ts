import { keepGoodbye, newGoodbye, settleGoodbye, taskOf } from '../connections/goodbye/journal.ts'
import { openMaterial, sealMaterial } from '../connections/goodbye/material.ts'
import { pursue } from '../connections/goodbye/pursue.ts'
import type { Context } from '../context.ts'
import { sayAll } from '../google/reset.ts'
import { assertPrincipal, systemTenantId } from '../model/principal.ts'
import { hashText } from '../oauth/pkce.ts'
import type { GoodbyeRecord } from '../ports/index.ts'
import { eraseLeftovers, eraseTenant } from './erase-tenant.ts'

export interface DeletedTenant {
  /** How many it had. */
  readonly connections: number
  /** How many of them, and of what was created for it, the providers could not be told of yet; they are told for seven days. */
  readonly remotePending: number
}

/** Longer than any work that was running, and than a sign-in. */
const lateMs = 15 * 60_000

/**
 * Deletes a tenant: connections, secrets, rows and at last the key, so that copies of its rows are unreadable. Providers are told within the call when that
 * works, otherwise as soon as they answer. What stays is its audit log. Can be called again, and goes on by itself after a crash. The host calls it; nobody
 * is asked. @throws `unauthenticated` for what cannot be a tenant's id, `unavailable`
 */
export async function deleteTenant(context: Context, { tenantId }: { readonly tenantId: string }): Promise<DeletedTenant> {
  assertPrincipal({ tenantId, userId: 'service' })
  const journal = await journalDeletion(context, tenantId)
  const { connections, goodbyes } = await eraseTenant(context, tenantId)
  const settled = await settleGoodbye(context, journal, erased)
  const dueAt = settled?.nextAttemptAt ?? context.clock.now() + lateMs
  await context.store.tasks.schedule({ ...taskOf(journal), dueAt, reset: true })
  context.jobs.wake()
  await sayAll(context, goodbyes)
  const left = await Promise.all(goodbyes.map(({ id }) => context.store.goodbyes.get(systemTenantId, id)))
  return { connections, remotePending: left.filter((record) => record !== null && record.endedAt === null).length }
}

/** Goes on with a deletion that was interrupted, and looks once more for what late writers left. @throws `unavailable` */
export function pursueDeletion(context: Context, key: Pick<GoodbyeRecord, 'tenantId' | 'id'>): Promise<GoodbyeRecord | null> {
  return pursue(context, key, async (record) => {
    const { tenantId } = (await openMaterial(context, record)) as { tenantId: string }
    if (record.steps.some(({ id, state }) => id === 'erase' && state === 'pending')) {
      await eraseTenant(context, tenantId)
      return erased
    }
    await eraseLeftovers(context, tenantId)
    return new Map([['late', { state: 'done', code: null }]])
  })
}

const erased = new Map([
  ['erase', { state: 'done', code: null }],
  ['late', { state: 'pending', code: null, retryAfterMs: lateMs }],
] as const)

/** Before anything is deleted, so that it goes on whatever happens. One for each tenant. */
async function journalDeletion(context: Context, tenantId: string): Promise<GoodbyeRecord> {
  const place = { tenantId: systemTenantId, id: `tenant-${await hashText(context.crypto, tenantId)}` }
  const sealer = await context.envelope.sealerFor(systemTenantId)
  const record = newGoodbye(context, {
    ...place,
    kind: 'tenant',
    connectionId: null,
    provider: '',
    signIn: null,
    name: '',
    cause: 'delete',
    sealed: await sealMaterial(sealer, place, { tenantId }),
    steps: ['erase', 'late'],
  })
  return context.store.transaction(async (transaction) => {
    // A tenant may come back, and be deleted again.
    await transaction.goodbyes.remove(place.tenantId, place.id)
    await keepGoodbye(transaction, record)
    return record
  })
}
