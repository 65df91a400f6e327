import type { ErrorCode } from '../../../errors/index.ts'
import type { PushEndpointRecord } from '../../../ports/index.ts'
import type { ProviderPorts } from '../../provider.ts'
import { forgetEndpoint } from './find-endpoint.ts'
import { readJournal, waitingStep, writeJournal } from './journal.ts'
import type { JournalStep, PushJournal } from './journal.ts'
import type { ManualPlan } from './plan.ts'
import type { PushSetup } from './setup.ts'

type ManualSetup = PushSetup & { readonly plan: ManualPlan }

const manualSteps = ['topic', 'publisher', 'subscription'] as const

/**
 * Notes what a genuine push to a tenant that set Pub/Sub up by hand looks like. Only what changed is written. After a change from managed mode what the
 * key's account still signs stays genuine, until the tenant's script has run again.
 */
export async function pinManual(ports: ProviderPorts, { plan, endpoint }: ManualSetup): Promise<PushEndpointRecord> {
  const { topic, subscription, audience } = plan.names
  const journal = readJournal(endpoint.journal)
  const isSame = endpoint.topic === topic && endpoint.subscription === subscription && endpoint.audience === audience
  if (isSame && endpoint.signer === plan.signer && journal?.mode === 'manual') return endpoint
  const former = journal?.mode === 'manual' ? journal.formerSigner : endpoint.signer
  const formerSigner = isSame && !plan.namedSigner && former !== plan.signer ? former : null
  const pinned = { ...endpoint, topic, subscription, audience, signer: plan.signer, verifiedAt: null }
  return save(ports, pinned, { steps: manualSteps.map(waitingStep), ours: journal?.ours ?? [], formerSigner })
}

/** Google took the watch, which proves topic and publisher: it publishes a test message first. */
export async function noteWatched(ports: ProviderPorts, endpoint: PushEndpointRecord): Promise<void> {
  await noteSteps(ports, endpoint, (step) =>
    step.id === 'subscription' ? step : { ...step, state: 'already_there', code: null, values: {} },
  )
}

/** Google refused the watch for something that the tenant has to mend in Pub/Sub. */
export async function noteRefused(
  ports: ProviderPorts,
  endpoint: PushEndpointRecord,
  failure: { readonly code: ErrorCode; readonly values: Readonly<Record<string, string>> },
): Promise<void> {
  const id = failure.code === 'pubsub_publisher_missing' ? 'publisher' : 'topic'
  await noteSteps(ports, endpoint, (step) =>
    step.id === id ? { ...step, state: 'failed', code: failure.code, values: { ...failure.values } } : step,
  )
}

async function noteSteps(ports: ProviderPorts, endpoint: PushEndpointRecord, change: (step: JournalStep) => JournalStep): Promise<void> {
  const journal = readJournal(endpoint.journal)
  if (journal === null) return
  const now = ports.clock.now()
  const steps = journal.steps.map((step) => {
    const changed = change(step)
    return changed.state === step.state && changed.code === step.code ? step : { ...changed, at: now }
  })
  if (steps.some((step, at) => step !== journal.steps[at])) await save(ports, endpoint, { ...journal, steps })
}

async function save(
  ports: ProviderPorts,
  endpoint: PushEndpointRecord,
  journal: Pick<PushJournal, 'steps' | 'ours' | 'formerSigner'>,
): Promise<PushEndpointRecord> {
  const stored = await ports.store.pushEndpoints.put({ ...endpoint, journal: writeJournal({ version: 1, mode: 'manual', ...journal }) })
  forgetEndpoint(ports, endpoint.key)
  return stored
}
