import type { PubSubGateway, PushEndpointRecord, Store } from '../../../ports/index.ts'
import { gmailPublisher, publisherRole } from '../../../vendors/google/names.ts'
import type { ProviderPorts } from '../../provider.ts'
import { forgetEndpoint } from '../push/find-endpoint.ts'
import { ensureBinding } from './binding.ts'
import { ensureDeadLetter } from './dead-letter.ts'
import { describeFailure } from './failure.ts'
import { ensureSubscription } from './subscription.ts'
import { ensureTopic } from './topic.ts'
import type { StepResult } from './topic.ts'
import { readJournal, waitingStep, writeJournal } from '../push/journal.ts'
import type { JournalStep, ProvisionStep } from '../push/journal.ts'
import type { ManagedPlan } from '../push/plan.ts'
import type { PushSetup } from '../push/setup.ts'

interface Run {
  readonly version: string | null
  readonly end: Promise<PushEndpointRecord>
}

const runs = new WeakMap<Store, Map<string, Run>>()

/**
 * Makes sure, with the tenant's key, that topic, publisher grant, subscription and, when wanted, dead letters are as they should be, and reads back
 * what it wrote. When everything is right it only reads. Each step is noted in the endpoint's journal before and after; a run that died is taken up by
 * the next, because each step looks before it acts. Callers at the same time share one run; other processes converge with it.
 * @returns the endpoint with what a genuine push looks like
 * @throws the step's code with its values, `unavailable`
 */
export async function provision(
  ports: ProviderPorts,
  pubsub: PubSubGateway,
  setup: PushSetup & { readonly plan: ManagedPlan },
): Promise<PushEndpointRecord> {
  const { tenantId } = setup.endpoint
  const running = runs.get(ports.store) ?? new Map<string, Run>()
  runs.set(ports.store, running)
  for (let current = running.get(tenantId); current !== undefined; current = running.get(tenantId)) {
    if (current.version === setup.version) return current.end
    // Of a bundle that was replaced meanwhile: its end says nothing about ours.
    await current.end.catch(() => undefined)
  }
  const end = run(ports, pubsub, setup.plan, setup.endpoint).finally(() => running.delete(tenantId))
  running.set(tenantId, { version: setup.version, end })
  return end
}

async function run(ports: ProviderPorts, pubsub: PubSubGateway, plan: ManagedPlan, known: PushEndpointRecord): Promise<PushEndpointRecord> {
  // As another run left it.
  const endpoint = (await ports.store.pushEndpoints.get(known.tenantId, known.vendor)) ?? known
  const work = stepsOf(pubsub, plan)
  const steps = new Map<ProvisionStep, JournalStep>(work.map(({ id }) => [id, waitingStep(id)]))
  const ours = new Set(readJournal(endpoint.journal)?.ours ?? [])
  const note = (id: ProvisionStep, step: Partial<JournalStep>): void => {
    steps.set(id, { ...waitingStep(id), ...step, at: ports.clock.now() })
  }
  const save = (pinned: Partial<PushEndpointRecord> = {}): Promise<PushEndpointRecord> => {
    const journal = writeJournal({ version: 1, mode: 'managed', steps: [...steps.values()], ours: [...ours], formerSigner: null })
    return ports.store.pushEndpoints.put({ ...endpoint, ...pinned, journal })
  }
  for (const { id, ensure } of work) {
    note(id, { state: 'working' })
    // Also tells the end of the step before.
    await save()
    try {
      const result = await ensure()
      for (const name of result.ours) ours.add(name)
      note(id, { state: result.state })
    } catch (error) {
      const failure = await describeFailure(error, plan, pubsub)
      note(id, { state: 'failed', code: failure.code, values: failure.values })
      await save()
      throw failure
    }
  }
  const { topic, subscription } = plan.names
  const { audience, signer } = plan.wanted
  const stored = await save({ topic, subscription, audience, signer, verifiedAt: ports.clock.now() })
  forgetEndpoint(ports, endpoint.key)
  return stored
}

interface Step {
  readonly id: ProvisionStep
  ensure(): Promise<StepResult>
}

function stepsOf(pubsub: PubSubGateway, plan: ManagedPlan): readonly Step[] {
  const { key, names, labels, wanted, deadLetter } = plan
  const publisher = async (): Promise<StepResult> => {
    const access = {
      read: () => pubsub.getTopicPolicy(key, names.topic),
      write: (policy: Parameters<PubSubGateway['setTopicPolicy']>[2]) => pubsub.setTopicPolicy(key, names.topic, policy),
    }
    return { state: await ensureBinding(access, publisherRole, gmailPublisher), ours: [] }
  }
  return [
    { id: 'topic', ensure: () => ensureTopic(pubsub, key, names.topic, labels) },
    { id: 'publisher', ensure: publisher },
    { id: 'subscription', ensure: () => ensureSubscription(pubsub, key, wanted, deadLetter === null ? 'clear' : 'leave') },
    ...(deadLetter === null ? [] : [{ id: 'dead_letter' as const, ensure: () => ensureDeadLetter(pubsub, plan, deadLetter) }]),
  ]
}
