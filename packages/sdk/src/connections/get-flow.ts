import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { assertPrincipal } from '../model/principal.ts'
import type { Principal } from '../model/principal.ts'
import type { FlowRecord } from '../ports/index.ts'
import type { FlowStatus } from '../wire/index.ts'
import { guard, isAllowed } from './guard.ts'

/** How a sign-in of the caller's stands; the page that waits asks this. @throws `forbidden`, `not_found` for another person's flow too */
export async function getFlow(context: Context, options: { readonly principal: Principal; readonly flowId: string }): Promise<FlowStatus> {
  const { principal, flowId } = options
  assertPrincipal(principal)
  // Whoever may do one of the two may have begun it.
  if (!(await isAllowed(context, principal, 'connection.connect'))) await guard(context, principal, 'connection.reconnect')
  const flow = await context.store.flows.get(principal.tenantId, flowId)
  if (flow === null || flow.userId !== principal.userId) throw new TenantryError('not_found')
  return {
    flowId,
    connectionId: flow.connectionId,
    status: statusOf(flow, context.clock.now()),
    code: flow.outcome?.code ?? null,
    values: { ...flow.outcome?.values },
    expiresAt: new Date(flow.expiresAt).toISOString(),
  }
}

function statusOf(flow: FlowRecord, now: number): FlowStatus['status'] {
  if (flow.outcome !== null) return flow.outcome.outcome
  // Being exchanged right now counts as pending, also past the deadline of the link.
  return flow.consumedAt === null && flow.expiresAt <= now ? 'expired' : 'pending'
}
