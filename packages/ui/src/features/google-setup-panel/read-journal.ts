import type { Provisioning, ProvisioningStep } from '@tenantry/sdk/wire'

export type JournalStep = Pick<ProvisioningStep, 'id' | 'state' | 'code' | 'values'> & {
  /** It happens with each mailbox, not now. */
  readonly isLater: boolean
}

const always = ['topic', 'publisher', 'subscription', 'watch'] as const

/** The steps to show: those that the server has noted, and in their places those that it has yet to begin. */
export function readJournal({ steps }: Provisioning, isWorking: boolean): readonly JournalStep[] {
  const ids = steps.some(({ id }) => id === 'dead_letter') ? ([...always.slice(0, 3), 'dead_letter', 'watch'] as const) : always
  const read = ids.map((id): JournalStep => {
    const { state, code, values } = steps.find((step) => step.id === id) ?? { state: 'waiting' as const, code: null, values: {} }
    return { id, state, code, values, isLater: id === 'watch' && state === 'waiting' }
  })
  // Between the click and the first note of the server something is under way already.
  const isIdle = isWorking && !read.some(({ state }) => state === 'working')
  return isIdle ? startFirst(read) : read
}

function startFirst(steps: readonly JournalStep[]): readonly JournalStep[] {
  const next = steps.find(({ state, isLater }) => !isLater && (state === 'waiting' || state === 'failed'))
  return steps.map((step) => (step === next ? { ...step, state: 'working', code: null, values: {} } : step))
}
