import { giveUp, isPending, keepGoodbye, newGoodbye } from '../../connections/goodbye/journal.ts'
import type { Outcomes } from '../../connections/goodbye/journal.ts'
import { openMaterial, sealMaterial } from '../../connections/goodbye/material.ts'
import { pursue } from '../../connections/goodbye/pursue.ts'
import type { Context } from '../../context.ts'
import { isTenantryError } from '../../errors/index.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import { undoProvision } from '../../providers/gmail/provision/undo.ts'
import { loadOwnedSetup, loadTopics } from '../../providers/gmail/push/setup.ts'
import type { OwnedSetup } from '../../providers/gmail/push/setup.ts'
import { loadGmail } from '../load-gmail.ts'
import type { HostGmail } from '../load-gmail.ts'
import { distrustWatches } from './distrust-watches.ts'

interface Given {
  /** Who keeps the journal: the tenant, or the system when the tenant is deleted. */
  readonly keeper: string
  readonly cause: 'reset' | 'save' | 'delete'
  /** Epoch milliseconds; default now. */
  readonly at?: number
}

/** A save may take that long, or it may never be known whether it was one. */
const saveMs = 10 * 60_000

const stepOf = (name: string): string => `delete/${name}`

/**
 * Journals that what we created in the tenant's Pub/Sub is to be deleted, with the key that this needs; just before that is forgotten. Once for each key.
 * @returns `null` when there is nothing that could be deleted @throws `unavailable`
 */
export async function journalUndo(
  context: Context,
  { tenantId, ...given }: Given & { readonly tenantId: string },
): Promise<GoodbyeRecord | null> {
  const gmail = loadGmail(context)
  const setup = gmail === null ? null : await loadSetup(context, gmail, tenantId)
  return setup && keepUndo(context, setup, given)
}

/** {@link journalUndo} of a setup at hand. @throws `unavailable` */
export async function keepUndo(context: Context, setup: OwnedSetup, { keeper, cause, at }: Given): Promise<GoodbyeRecord> {
  const { topic, subscription, deadLetterTopic, deadLetterSubscription } = setup.names
  const place = { tenantId: keeper, id: context.random.uuid() }
  const sealer = await context.envelope.sealerFor(keeper)
  const record = newGoodbye(context, {
    ...place,
    kind: 'pubsub',
    connectionId: null,
    provider: 'gmail',
    signIn: null,
    name: cause === 'delete' ? '' : setup.projectId,
    cause,
    sealed: await sealMaterial(sealer, place, setup),
    steps: [subscription, deadLetterSubscription, topic, deadLetterTopic].map(stepOf),
    at,
  })
  await context.store.transaction((transaction) => keepGoodbye(transaction, record))
  return record
}

/** An app that cannot be read created nothing that could be deleted now, and it has to be deletable itself. @throws `unavailable` */
async function loadSetup(context: Context, gmail: HostGmail, tenantId: string): Promise<OwnedSetup | null> {
  try {
    return await loadOwnedSetup(gmail.ports, tenantId)
  } catch (error) {
    if (!isTenantryError(error) || error.code === 'unavailable') throw error
    context.logger.log('warn', 'google.pubsub_not_undone', { tenantId, code: error.code })
    return null
  }
}

/**
 * Deletes what is ours, and nothing that was there before us.
 * @param isSaved whether the save that journaled it has ended: until then what is in use may be left at any moment
 * @returns the record as it is now @throws `unavailable`
 */
export function pursueUndo(
  context: Context,
  key: Pick<GoodbyeRecord, 'tenantId' | 'id'>,
  { isSaved = false }: { readonly isSaved?: boolean } = {},
): Promise<GoodbyeRecord | null> {
  return pursue(context, key, async (record) => {
    const gmail = loadGmail(context)
    if (gmail === null) return giveUp(record, 'not_found')
    const setup = (await openMaterial(context, record)) as OwnedSetup
    // Set up again since, by us or by hand, or never left because the save failed: it is in use.
    if (record.cause !== 'delete' && (await loadTopics(gmail.ports, setup.endpoint)).includes(setup.names.topic)) {
      const mayBeLeft = record.cause === 'save' && !isSaved && context.clock.now() < record.createdAt + saveMs
      return mayBeLeft ? new Map() : all(record, 'done')
    }
    const { deleted, adopted, failed } = await undoProvision(gmail.ports, gmail.google.pubsub, setup)
    if (deleted.includes(setup.names.topic)) await distrustWatches(context, setup)
    context.logger.log(failed.length > 0 && record.attempts === 0 ? 'warn' : 'info', 'google.pubsub_undone', {
      tenantId: setup.endpoint.tenantId,
      deleted: deleted.length,
      adopted: adopted.length,
      failed: failed.map(({ code }) => code).join(' '),
    })
    return new Map([...all(record, 'done'), ...failed.map(({ name, code }) => [stepOf(name), { state: 'pending', code }] as const)])
  })
}

function all({ steps }: GoodbyeRecord, state: 'done'): Outcomes {
  return new Map(steps.filter(isPending).map(({ id }) => [id, { state, code: null }]))
}
