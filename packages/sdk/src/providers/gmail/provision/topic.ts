import { TenantryError } from '../../../errors/index.ts'
import type { ServiceAccountKey } from '../../../model/service-account-key.ts'
import type { PubSubGateway, ResourceLabels } from '../../../ports/index.ts'
import { isOurs } from '../../../vendors/google/names.ts'
import { created } from './race.ts'

/** What a step did, and what it found or made that carries our labels. */
export interface StepResult {
  readonly state: 'done' | 'already_there'
  readonly ours: readonly string[]
}

/** Makes sure that a topic is there. One that is there without our labels is adopted: used, and never deleted. @throws `pubsub_read_back_failed`, ProviderRefusal */
export async function ensureTopic(
  pubsub: PubSubGateway,
  key: ServiceAccountKey,
  name: string,
  labels: ResourceLabels,
): Promise<StepResult> {
  const found = await pubsub.getTopic(key, name)
  if (found !== null) return { state: 'already_there', ours: isOurs(found.labels, labels) ? [name] : [] }
  const isNew = await created(pubsub.createTopic(key, name, labels))
  const written = await pubsub.getTopic(key, name)
  if (written === null) throw new TenantryError('pubsub_read_back_failed')
  return { state: isNew ? 'done' : 'already_there', ours: isOurs(written.labels, labels) ? [name] : [] }
}
