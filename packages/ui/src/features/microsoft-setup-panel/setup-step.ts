import type { Check, CheckReport, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { hasValue } from '../../elements/setup-panel/index.ts'
import type { SetupStepState, Ticks } from '../../elements/setup-panel/index.ts'
import type { StepState } from '../../parts/step-list/step.ts'
import type { SetupField, SetupForm } from './setup-form.ts'

export const setupStepIds = ['register', 'secret', 'permissions', 'verify'] as const

export type MicrosoftSetupStepId = (typeof setupStepIds)[number]

/** What only the person can tell us: nothing of it is secret, nothing of it is sent. */
export const ticks = ['approved'] as const

export interface SetupFacts {
  readonly status: MicrosoftSetupStatus
  readonly form: SetupForm
  /** Fields with an error. */
  readonly invalid: ReadonlySet<SetupField>
  readonly declared: Ticks<(typeof ticks)[number]>
  readonly report: CheckReport | undefined
}

const stepFields: Readonly<Record<MicrosoftSetupStepId, readonly SetupField[]>> = {
  register: ['cloud', 'directoryId', 'clientId'],
  secret: ['clientSecret', 'secretExpiresOn'],
  permissions: [],
  verify: [],
}

const stepChecks: Readonly<Record<MicrosoftSetupStepId, readonly Check['id'][]>> = {
  register: ['redirect_uris', 'base_url'],
  secret: ['client_pair', 'secret_expiry'],
  permissions: ['admin_consent'],
  verify: [],
}

/** The form fields of a step. */
export function fieldsOf(step: MicrosoftSetupStepId): readonly SetupField[] {
  return stepFields[step]
}

/** State of every step, from what is saved, typed, declared and checked. Pure: a refetch with the same facts changes nothing. */
export function readSetupSteps(facts: SetupFacts): SetupStepState<MicrosoftSetupStepId>[] {
  const isSaved = facts.status.missing.length === 0
  return setupStepIds.map((id) => {
    const isReachable = id !== 'verify' || isSaved
    const isComplete = isReachable && completions[id](facts)
    return { id, isReachable, isComplete, state: isReachable ? stateOf(id, isComplete, facts) : 'locked' }
  })
}

function stateOf(id: MicrosoftSetupStepId, isComplete: boolean, facts: SetupFacts): StepState {
  if (stepFields[id].some((field) => facts.invalid.has(field))) return 'error'
  const checks = checksFor(id, facts.report)
  if (checks.some((check) => check.status === 'fail')) return 'error'
  if (id === 'verify' && facts.report && !isComplete) return 'attention'
  if (id === 'secret' && isSecretEnding(facts.status)) return 'attention'
  if (!isComplete) return 'todo'
  return (id === 'verify' && facts.report) || checks.some((check) => check.status === 'pass') ? 'verified' : 'done'
}

const completions: Readonly<Record<MicrosoftSetupStepId, (facts: SetupFacts) => boolean>> = {
  register: ({ form, status: { fields } }) =>
    hasValue(form.directoryId, fields.directoryId.set) && hasValue(form.clientId, fields.clientId.set),
  secret: ({ form, status }) => hasValue(form.clientSecret, status.fields.clientSecret.set),
  // A live connection went through the approval: better evidence than a tick.
  permissions: (facts) => facts.status.connections > 0 || facts.declared.approved || passes(checksFor('permissions', facts.report)),
  verify: ({ report, status }) => (report ? report.checks.every((check) => check.status !== 'fail') : status.connections > 0),
}

const passes = (checks: readonly Check[]): boolean => checks.some((check) => check.status === 'pass')

const WARN_DAYS = 30

/** The secret has ended, or ends within a month. */
export function isSecretEnding({ secretDaysLeft }: Pick<MicrosoftSetupStatus, 'secretDaysLeft'>): boolean {
  return secretDaysLeft !== null && secretDaysLeft <= WARN_DAYS
}

export function checksFor(id: MicrosoftSetupStepId, report: CheckReport | undefined): readonly Check[] {
  return report?.checks.filter((check) => stepChecks[id].includes(check.id)) ?? []
}

/** The step whose fields or instructions a check is about. */
export function stepOfCheck(id: Check['id']): MicrosoftSetupStepId {
  return setupStepIds.find((step) => stepChecks[step].includes(id)) ?? 'register'
}
