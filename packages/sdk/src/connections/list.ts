import type { Context } from '../context.ts'
import { isDraft } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { factsOf, guard, isAllowed } from './guard.ts'
import { inPieces } from './in-pieces.ts'
import { loadSummaryFacts } from './load-summary-facts.ts'
import { summarize } from './summarize.ts'

/** The connections that this person may see, newest first. @throws `forbidden`, `unavailable` */
export async function list(
  context: Context,
  options: { readonly principal: Principal; readonly provider?: string | undefined },
): Promise<{ connections: ConnectionSummary[] }> {
  const { principal, provider } = options
  await guard(context, principal, 'connection.read')
  const all = await context.store.connections.list(principal.tenantId)
  const wanted = all.filter((connection) => provider === undefined || connection.provider === provider)
  const known = wanted.filter((connection) => context.providers.has(connection.provider) && !isDraft(connection))
  // The host is asked of a few at a time: a question that waits for its turn there would be over its deadline, and that is a no.
  const visible = await inPieces(known, (connection) => isAllowed(context, principal, 'connection.read', factsOf(connection)))
  const connections = known.filter((_, at) => visible[at])
  const factsOfEach = await loadSummaryFacts(context, { tenantId: principal.tenantId, connections, all })
  return {
    connections: await inPieces(connections, (connection) => summarize(context, principal, connection, factsOfEach(connection))),
  }
}
