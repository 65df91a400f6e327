import type { Context } from '../../context.ts'
import type { Sealer } from '../../crypto/envelope.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import { isOnTenantsApp } from '../resolve-app.ts'
import { newGoodbye } from './journal.ts'
import { sealHeld } from './material.ts'
import type { Held } from './material.ts'
import { revokeStep, stopStep } from './steps.ts'

export interface Gathered extends Held {
  /** Who keeps it: the tenant, or the system when the tenant is deleted. */
  readonly tenantId: string
  readonly sealer: Sealer
  readonly cause: GoodbyeRecord['cause']
  readonly revoke: boolean
  /** As `signInOf` tells. */
  readonly signIn: string | null
  /** Epoch milliseconds; default now. */
  readonly at?: number | undefined
}

/** What is left to do at the provider for a connection; `null` when nothing is. Needs no store, so that it can be made in a transaction. */
export async function gather(
  context: Context,
  { tenantId, sealer, cause, revoke, signIn, at, ...held }: Gathered,
): Promise<GoodbyeRecord | null> {
  const { connection, pipes, refresh, access } = held
  const hasGrant = refresh !== null || access !== null
  // Without an account others may live on the grant.
  const steps = [...pipes.map(({ id }) => stopStep(id)), ...(revoke && hasGrant && connection.account !== null ? [revokeStep] : [])]
  if (steps.length === 0) return null
  const id = context.random.uuid()
  return newGoodbye(context, {
    tenantId,
    id,
    kind: 'connection',
    connectionId: connection.id,
    provider: connection.provider,
    signIn,
    name: cause === 'delete' ? '' : connection.name,
    cause,
    // The host's app is not the tenant's to forget.
    sealed: await sealHeld(sealer, { tenantId, id }, isOnTenantsApp(context, connection) ? held : { ...held, app: null }),
    steps,
    at,
  })
}
