import { isLive } from '../../model/connection.ts'
import type { Connection } from '../../model/connection.ts'
import type { Store, SubscriptionRecord } from '../../ports/index.ts'
import { projectNumberOf } from '../../vendors/google/names.ts'
import type { CheckOutcome } from '../check.ts'

export interface ProjectFacts {
  readonly projectId: string | null
  readonly clientId: string | null
  readonly keyProjectId: string | null
}

/**
 * Whether OAuth client and topic are in one project. A project's number cannot be asked for with what we have, but Gmail compares for us: a watch
 * that lives is the proof, and its refusal the other. One of another project, or of a client that was replaced, proves nothing of these.
 */
export async function checkSameProject(
  { store, now }: { readonly store: Pick<Store, 'subscriptions'>; readonly now: number },
  connections: readonly Connection[],
  { projectId, clientId, keyProjectId }: ProjectFacts,
): Promise<CheckOutcome> {
  const facts = { projectId, keyProjectId, clientProjectNumber: clientId === null ? null : projectNumberOf(clientId) }
  const refused = connections.find(({ reason, deliveryReason }) => [reason, deliveryReason].includes('pubsub_project_mismatch'))
  if (refused !== undefined) return { status: 'fail', code: 'pubsub_project_mismatch', values: { ...refused.reasonValues }, facts }
  const live = connections.filter(({ status }) => isLive(status))
  const pipes = await store.subscriptions.listMany(live.map(({ tenantId, id: connectionId }) => ({ tenantId, connectionId })))
  const isHere = ({ target }: SubscriptionRecord) => projectId !== null && target.startsWith(`projects/${projectId}/`)
  const lives = pipes.some((pipe) => pipe.state === 'active' && (pipe.expiresAt ?? 0) > now && isHere(pipe))
  return { status: lives ? 'pass' : 'skip', facts }
}
