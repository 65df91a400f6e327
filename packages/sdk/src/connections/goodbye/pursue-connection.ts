import type { Context } from '../../context.ts'
import { isTenantryError, ProviderRefusal } from '../../errors/index.ts'
import { revokeToken } from '../../oauth/token-client.ts'
import type { GoodbyeRecord } from '../../ports/index.ts'
import type { AnyProvider } from '../../providers/provider.ts'
import { classifyAny } from '../classify-any.ts'
import { resolveApp } from '../resolve-app.ts'
import { openAccess } from './held-access.ts'
import type { HeldAccess } from './held-access.ts'
import { isLivedOn } from './is-lived-on.ts'
import { giveUp, isPending } from './journal.ts'
import type { Outcomes } from './journal.ts'
import { openHeld } from './material.ts'
import type { Held } from './material.ts'
import { pursue } from './pursue.ts'
import { revokeStep, stopStep } from './steps.ts'
import { stopHeld } from './stop-held.ts'

/** With a deadline of ten seconds for each, less than the lease of a task. */
const mostStops = 20

/** Longer than the vendor may take to answer. */
const openingMs = 30_000

/** How long a sign-in stays for the pipes of another connection that lives on it. */
const patienceMs = 10 * 60_000

export interface PursueOptions {
  /** Leaves the grant for later. */
  readonly stopsOnly?: boolean
}

/** Stops the pipes of a connection that has ended and takes its grant back. @returns the record as it is now @throws `unavailable` */
export function pursueConnection(
  context: Context,
  key: Pick<GoodbyeRecord, 'tenantId' | 'id'>,
  { stopsOnly = false }: PursueOptions = {},
): Promise<GoodbyeRecord | null> {
  return pursue(context, key, async (record) => {
    const provider = context.providers.get(record.provider)
    // The host does not offer it any more.
    if (provider === undefined) return giveUp(record, 'not_found')
    const held = await openHeld(context, record)
    const access = openAccess(context, provider, held)
    const outcomes: Outcomes = new Map([
      ...(await stopAll(context, provider, record, held, access)),
      ...(!stopsOnly && (await mayRevoke(context, record, held)) ? await revoke(context, provider, record, held, access) : []),
    ])
    return outcomes
  })
}

async function stopAll(context: Context, provider: AnyProvider, record: GoodbyeRecord, held: Held, access: HeldAccess): Promise<Outcomes> {
  const outcomes = new Map<string, Awaited<ReturnType<typeof stopHeld>>>()
  const open = new Set(record.steps.filter(isPending).map(({ id }) => id))
  for (const pipe of held.pipes.filter(({ id }) => open.has(stopStep(id))).slice(0, mostStops))
    outcomes.set(stopStep(pipe.id), await stopHeld(context, { provider, record, held, access }, pipe))
  return outcomes
}

/** Taking a sign-in back ends the access to all pipes that were opened with it. */
async function mayRevoke(context: Context, { tenantId, id, signIn }: GoodbyeRecord, { pipes }: Held): Promise<boolean> {
  const now = context.clock.now()
  // One that is being opened this moment could not be stopped afterwards.
  if (pipes.some(({ state, resourceId, createdAt }) => state === 'pending' && resourceId === null && createdAt + openingMs > now))
    return false
  const others = signIn === null ? [] : await context.store.goodbyes.list(tenantId, { signIn })
  return !others.some(
    (other) =>
      other.id !== id &&
      other.createdAt + patienceMs > now &&
      other.steps.some((step) => step.id !== revokeStep && isPending(step) && step.at === null),
  )
}

async function revoke(context: Context, provider: AnyProvider, record: GoodbyeRecord, held: Held, access: HeldAccess): Promise<Outcomes> {
  if (!record.steps.some((step) => step.id === revokeStep && isPending(step))) return new Map()
  const token = access.grant()
  try {
    // Looked at now: the account may have signed in again.
    const isNeeded = token !== null && (await isLivedOn(context, held))
    if (isNeeded === 'undecided') return new Map([[revokeStep, { state: 'pending', code: null }]])
    if (token !== null && !isNeeded) {
      const { endpoints } = held.app ?? (await resolveApp(context, held.connection, provider))
      await revokeToken(context, { endpoints, vendor: provider.vendor.name, token })
    }
    return new Map([[revokeStep, { state: 'done', code: null }]])
  } catch (error) {
    if (!isTenantryError(error) && !(error instanceof ProviderRefusal)) throw error
    const { code, retryAfterMs } = classifyAny(context, error)
    context.logger.log(record.attempts === 0 ? 'warn' : 'debug', 'grant.revoke_failed', { connectionId: record.connectionId, name: code })
    return new Map([[revokeStep, { state: 'pending', code, ...(retryAfterMs !== undefined && { retryAfterMs }) }]])
  }
}
