import type { Context } from '../../context.ts'
import { TenantryError } from '../../errors/index.ts'
import type { ErrorCode } from '../../errors/index.ts'
import type { Connection } from '../../model/connection.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import type { OAuthApp } from '../../vendors/vendor.ts'
import { setStatusWithin } from '../change.ts'
import { dropToken } from '../token-cache.ts'
import { gather } from './gather.ts'
import { holdGrant } from './hold-grant.ts'
import { keepGoodbye } from './journal.ts'
import { retirePipes } from './retire-pipes.ts'
import { signInOf } from './sign-in-of.ts'

export interface Ending {
  readonly cause: 'disconnect' | 'reset'
  /** `user:<id>` or `service`. */
  readonly actor: string
  /** Whether the access is taken back at the vendor, unless others live on it. */
  readonly revoke: boolean
  readonly reason: ErrorCode | null
  /** The app of the grant, when it is forgotten as well. */
  readonly app: OAuthApp | null
  /** When it was asked for, epoch milliseconds. */
  readonly at?: number
}

const tries = 5

/** The grant was refreshed in the meantime. */
class Replaced extends Error {}

/**
 * Ends a connection here, all of it at once and for good: status, tokens, place, tasks; and journals what is left to do at the provider, with what
 * that needs. Whoever still works on it writes nothing any more.
 * @returns the journal; `null` when nothing is left to do
 * @throws `conflict` when it was ended meanwhile, `unavailable`
 */
export async function endHere(context: Context, connection: Connection, ending: Ending): Promise<GoodbyeRecord | null> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      return await endOnce(context, connection, ending)
    } catch (error) {
      if (!(error instanceof Replaced)) throw error
    }
  }
  throw new TenantryError('unavailable')
}

async function endOnce(
  context: Context,
  connection: Connection,
  { cause, actor, revoke, reason, app, at }: Ending,
): Promise<GoodbyeRecord | null> {
  const { tenantId, id } = connection
  const token = await context.store.tokens.get(tenantId, id)
  const grant = await holdGrant(context, token)
  const sealer = await context.envelope.sealerFor(tenantId)
  const signIn = await signInOf(context, connection)
  const record = await context.store.transaction(async (transaction) => {
    // First, as everybody does who writes of a connection, so that nobody waits for each other.
    await transaction.connections.hold(tenantId, id)
    await transaction.tasks.removeForConnection(tenantId, id)
    // The end is still told, and whatever waits to be told before it.
    await transaction.tasks.schedule({ tenantId, connectionId: id, kind: 'deliver', dueAt: context.clock.now() })
    const wasEnded = connection.status === 'disconnected'
    const ended = await setStatusWithin(context, transaction, sealer, connection, 'disconnected', {
      reason: wasEnded ? connection.reason : reason,
      values: wasEnded ? connection.reasonValues : {},
      actor,
      patch: { generation: connection.generation + 1, nextAttemptAt: null, failures: 0 },
    })
    if (ended === null) throw new TenantryError('conflict')
    if ((await transaction.tokens.get(tenantId, id))?.version !== token?.version) throw new Replaced()
    // One that ended before has its pipes in an earlier goodbye.
    const pipes = wasEnded ? [] : await retirePipes(transaction, connection)
    await transaction.tokens.remove(tenantId, id)
    await transaction.syncStates.remove(tenantId, id)
    await transaction.items.removeForConnection(tenantId, id)
    const goodbye = await gather(context, { tenantId, sealer, cause, revoke, signIn, at, connection, pipes, app, ...grant })
    if (goodbye !== null) await keepGoodbye(transaction, goodbye)
    return goodbye
  })
  dropToken(context, connection)
  return record
}
