import type { ErrorCode } from '../../../errors/index.ts'
import type { PubSubGateway, ResourceLabels } from '../../../ports/index.ts'
import { isOurs } from '../../../vendors/google/names.ts'
import type { ProviderPorts } from '../../provider.ts'
import { forgetEndpoint } from '../push/find-endpoint.ts'
import { describeFailure } from './failure.ts'
import { waitingStep, writeJournal } from '../push/journal.ts'
import type { JournalStep } from '../push/journal.ts'
import { loadTopics } from '../push/setup.ts'
import type { OwnedSetup } from '../push/setup.ts'

export interface Undone {
  /** Full names. What is not there counts as deleted. */
  readonly deleted: readonly string[]
  /** There, and not ours: left alone. */
  readonly adopted: readonly string[]
  readonly failed: readonly { readonly name: string; readonly code: ErrorCode; readonly values: Readonly<Record<string, string>> }[]
}

/**
 * Deletes the subscription and topic that our labels prove to be ours, and nothing else. Each is tried by itself; how it went is in the answer and in
 * the endpoint's journal, unless that tells of another setup by now. What may still be pushed stays known as genuine, so that it is acknowledged and not
 * sent again for days. @throws `unavailable`, `secrets_unreadable`
 */
export async function undoProvision(ports: ProviderPorts, pubsub: PubSubGateway, setup: OwnedSetup): Promise<Undone> {
  const { key, labels, names } = setup
  const undone = { deleted: [] as string[], adopted: [] as string[], failed: [] as Undone['failed'][number][] }
  const remove = async (name: string, find: () => Promise<{ labels: ResourceLabels } | null>, act: () => Promise<void>) => {
    try {
      const found = await find()
      const foreign = found !== null && !isOurs(found.labels, labels)
      if (found !== null && !foreign) await act()
      undone[foreign ? 'adopted' : 'deleted'].push(name)
    } catch (error) {
      const { code, values } = await describeFailure(error, setup, pubsub)
      undone.failed.push({ name, code, values })
    }
  }
  for (const name of [names.subscription, names.deadLetterSubscription])
    await remove(
      name,
      () => pubsub.getSubscription(key, name),
      () => pubsub.deleteSubscription(key, name),
    )
  for (const name of [names.topic, names.deadLetterTopic])
    await remove(
      name,
      () => pubsub.getTopic(key, name),
      () => pubsub.deleteTopic(key, name),
    )
  await note(ports, setup, undone)
  return undone
}

async function note(ports: ProviderPorts, { names, endpoint: known }: OwnedSetup, undone: Undone): Promise<void> {
  const endpoint = await ports.store.pushEndpoints.get(known.tenantId, known.vendor)
  // Its tenant was deleted.
  if (endpoint?.key !== known.key) return
  const { topic, subscription } = names
  // Of another setup by now, which the endpoint tells of.
  if (endpoint.subscription !== null && endpoint.subscription !== subscription) return
  if ((await loadTopics(ports, endpoint)).length > 0) return
  const step = (id: 'topic' | 'subscription', name: string): JournalStep => {
    const failure = undone.failed.find((candidate) => candidate.name === name)
    if (failure === undefined) return waitingStep(id)
    return { id, state: 'failed', code: failure.code, values: { ...failure.values }, at: ports.clock.now() }
  }
  const journal = writeJournal({
    version: 1,
    mode: 'managed',
    steps: [step('topic', topic), waitingStep('publisher'), step('subscription', subscription)],
    ours: undone.failed.map(({ name }) => name),
    formerSigner: null,
  })
  const gone = undone.deleted.includes(subscription)
  const pinned = gone ? { topic: null, subscription: null, audience: null, signer: null } : {}
  await ports.store.pushEndpoints.put({ ...endpoint, ...pinned, verifiedAt: null, journal })
  forgetEndpoint(ports, endpoint.key)
}
