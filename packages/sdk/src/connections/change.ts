import { appendAudit } from '../audit/append-audit.ts'
import type { Context } from '../context.ts'
import type { Sealer } from '../crypto/envelope.ts'
import { TenantryError } from '../errors/index.ts'
import type { ErrorCode } from '../errors/index.ts'
import { canTransition } from '../model/connection.ts'
import type { Connection, ConnectionStatus } from '../model/connection.ts'
import type { ConnectionPatch, Repositories } from '../ports/index.ts'
import { queueConnectionEvent } from './queue-event.ts'

/** Outside a transaction many may write at once; inside one, the first try has the row. */
const tries = 30

/**
 * Writes a patch on the newest version of a connection, as long as it is the same life of it (`generation`).
 * @returns the new row, or `null` when the connection is gone or was disconnected or reconnected meanwhile
 */
export async function changeConnection(
  repositories: Repositories,
  connection: Pick<Connection, 'tenantId' | 'id' | 'generation'>,
  now: number,
  decide: (current: Connection) => ConnectionPatch | null,
): Promise<Connection | null> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const current = await repositories.connections.hold(connection.tenantId, connection.id)
    if (current === null || current.generation !== connection.generation) return null
    const patch = decide(current)
    if (patch === null) return current
    const written = await repositories.connections.update(current.tenantId, current.id, current.version, patch, now)
    if (written !== null) return written
  }
  throw new TenantryError('unavailable')
}

export interface StatusCause {
  readonly reason?: ErrorCode | null
  readonly values?: Readonly<Record<string, string>>
  readonly patch?: ConnectionPatch
  /** Asked of the newest version, in the same write; `false` leaves it as it is. */
  readonly onlyIf?: (current: Connection) => boolean
  /** Whose doing it is, for the audit log: `user:<userId>`. Nobody's by default. */
  readonly actor?: string
}

/** Moves a connection to a status, with its reason, queues the host's event and notes it in the audit log: exactly one per transition. */
export async function setStatus(
  context: Context,
  connection: Pick<Connection, 'tenantId' | 'id' | 'generation'>,
  status: ConnectionStatus,
  because: StatusCause = {},
): Promise<Connection | null> {
  const sealer = await context.envelope.sealerFor(connection.tenantId)
  return context.store.transaction((transaction) => setStatusWithin(context, transaction, sealer, connection, status, because))
}

/** Nothing works until a look succeeds. */
const broken: readonly ConnectionStatus[] = ['error', 'not_configured', 'blocked_by_app']

/** Something does not work as it should. What does not work at all stays so until a look succeeds; the patch is written all the same. */
export async function degrade(
  context: Context,
  connection: Pick<Connection, 'tenantId' | 'id' | 'generation'>,
  { patch = {}, ...because }: Omit<StatusCause, 'onlyIf'>,
): Promise<void> {
  const onlyIf = ({ status }: Connection) => !broken.includes(status)
  const after = await setStatus(context, connection, 'degraded', { ...because, patch, onlyIf })
  if (after !== null && broken.includes(after.status)) await changeConnection(context.store, connection, context.clock.now(), () => patch)
}

/** {@link setStatus} as a part of a transaction that writes more. */
export async function setStatusWithin(
  context: Context,
  transaction: Repositories,
  sealer: Sealer,
  connection: Pick<Connection, 'tenantId' | 'id' | 'generation'>,
  status: ConnectionStatus,
  because: StatusCause = {},
): Promise<Connection | null> {
  const now = context.clock.now()
  let moved = false
  const written = await changeConnection(transaction, connection, now, (current) => {
    const isMeant = canTransition(current.status, status) && because.onlyIf?.(current) !== false
    moved = isMeant && current.status !== status
    if (!isMeant) return null
    return {
      ...because.patch,
      status,
      reason: because.reason ?? null,
      reasonValues: because.values ?? {},
      ...(moved && { statusSince: now }),
    }
  })
  if (moved && written !== null) await announce(context, transaction, sealer, written, because.actor ?? 'service')
  return written
}

async function announce(context: Context, transaction: Repositories, sealer: Sealer, connection: Connection, actor: string): Promise<void> {
  const { tenantId, id, provider, status, reason } = connection
  await queueConnectionEvent(context, transaction, connection, sealer)
  await appendAudit(context, transaction, sealer, {
    tenantId,
    actor,
    action: `connection.${status}`,
    subject: `connection:${id}`,
    outcome: reason ?? 'ok',
  })
  // Also when the transaction fails afterwards: a metric may err where the audit log may not.
  context.telemetry.count('tenantry.connection_status', 1, { provider, status, reason: reason ?? 'none' })
}
