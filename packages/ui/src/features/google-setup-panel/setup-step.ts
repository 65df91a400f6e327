import type { GoogleService, NotificationMode } from '@tenantry/sdk/model'
import type { Check, CheckReport, GoogleSetupStatus } from '@tenantry/sdk/wire'
import type { StepState } from '../../parts/step-list/step.ts'
import { hasValue } from '../../elements/setup-panel/index.ts'
import type { SetupForm } from './setup-form.ts'

export const setupStepIds = ['project', 'apis', 'consent', 'client', 'notifications', 'verify'] as const

export type GoogleSetupStepId = (typeof setupStepIds)[number]

/** What only the person can tell us: nothing of it is secret, nothing of it is sent. */
export interface Declared {
  readonly gmailApi: boolean
  readonly calendarApi: boolean
  readonly pubsubApi: boolean
  readonly published: boolean
}

export interface SetupStep {
  readonly id: GoogleSetupStepId
  readonly state: StepState
  /** Whether it can be opened: all but `verify`, which needs a saved client. */
  readonly isReachable: boolean
  /** The person has done it, or it was checked. */
  readonly isComplete: boolean
}

export interface SetupFacts {
  readonly status: GoogleSetupStatus
  readonly form: SetupForm
  /** Fields with an error. */
  readonly invalid: ReadonlySet<keyof SetupForm>
  readonly declared: Declared
  readonly services: readonly GoogleService[]
  /** Modes on offer; others do not count as chosen. */
  readonly modes: readonly NotificationMode[]
  readonly report: CheckReport | undefined
}

const stepFields: Readonly<Record<GoogleSetupStepId, readonly (keyof SetupForm)[]>> = {
  project: ['projectId'],
  apis: [],
  consent: ['userType'],
  client: ['clientId', 'clientSecret', 'calendarMode', 'calendarClientId', 'calendarClientSecret'],
  notifications: ['notifications', 'serviceAccountKey', 'topicName', 'pushServiceAccount'],
  verify: [],
}

const stepChecks: Readonly<Record<GoogleSetupStepId, readonly Check['id'][]>> = {
  project: ['project_id'],
  apis: ['apis'],
  consent: [],
  client: ['client_pair', 'calendar_client_pair', 'redirect_uris', 'base_url'],
  notifications: ['sa_key', 'same_project', 'topic', 'publisher', 'subscription'],
  verify: [],
}

/** The form fields of a step. */
export function fieldsOf(step: GoogleSetupStepId): readonly (keyof SetupForm)[] {
  return stepFields[step]
}

/** State of every step, from what is saved, typed, declared and checked. Pure: a refetch with the same facts changes nothing. */
export function readSetupSteps(facts: SetupFacts): SetupStep[] {
  const clientSaved = isClientSaved(facts)
  const ids = setupStepIds.filter((id) => id !== 'notifications' || facts.services.includes('gmail'))
  return ids.map((id) => {
    const isReachable = id !== 'verify' || clientSaved
    const isComplete = isReachable && completions[id](facts)
    return { id, isReachable, isComplete, state: isReachable ? stateOf(id, isComplete, facts) : 'locked' }
  })
}

function stateOf(id: GoogleSetupStepId, isComplete: boolean, facts: SetupFacts): StepState {
  if (stepFields[id].some((field) => facts.invalid.has(field))) return 'error'
  const checks = checksFor(id, facts.report)
  if (checks.some((check) => check.status === 'fail')) return 'error'
  if (id === 'verify' && facts.report && !isComplete) return 'attention'
  if (id === 'consent' && facts.status.endingSignIns.length > 0) return 'attention'
  if (id === 'notifications' && hasFailedProvisioning(facts)) return 'error'
  if (!isComplete) return 'todo'
  if (id === 'notifications' && isProvisioned(facts)) return 'verified'
  if ((id === 'verify' && facts.report) || checks.some((check) => check.status === 'pass')) return 'verified'
  return 'done'
}

const completions: Readonly<Record<GoogleSetupStepId, (facts: SetupFacts) => boolean>> = {
  project: ({ form }) => form.projectId.trim() !== '',
  apis: (facts) => isProven(facts) || apisDeclared(facts) || checksFor('apis', facts.report).some((check) => check.status === 'pass'),
  consent: (facts) => {
    const published = facts.declared.published || (isProven(facts) && facts.status.endingSignIns.length === 0)
    return facts.form.userType === 'internal' || (facts.form.userType === 'external' && published)
  },
  client: ({ status, form }) => {
    const has = (field: 'clientId' | 'clientSecret' | 'calendarClientId' | 'calendarClientSecret') =>
      hasValue(form[field], status.fields[field].set)
    return (
      has('clientId') && has('clientSecret') && (form.calendarMode === 'shared' || (has('calendarClientId') && has('calendarClientSecret')))
    )
  },
  notifications: ({ form, status, modes }) => {
    if (!modes.includes(form.notifications)) return false
    return form.notifications !== 'managed' || hasValue(form.serviceAccountKey, status.fields.serviceAccountKey.set)
  },
  verify: (facts) => (facts.report ? facts.report.checks.every((check) => check.status !== 'fail') : isProven(facts)),
}

/** Google refused something of what is saved, in the way that is chosen. */
export function hasFailedProvisioning({ status, form }: Pick<SetupFacts, 'status' | 'form'>): boolean {
  return form.notifications === status.notifications && status.provisioning?.state === 'failed'
}

// What was set up was read back; what somebody else set up is proven by what arrives.
function isProvisioned({ status, form }: SetupFacts): boolean {
  if (form.notifications !== status.notifications || status.provisioning === null) return false
  return status.notifications === 'managed' ? status.provisioning.state === 'done' : status.provisioning.lastReceivedAt !== null
}

function apisDeclared({ declared, services, form }: SetupFacts): boolean {
  const gmail = !services.includes('gmail') || (declared.gmailApi && (declared.pubsubApi || form.notifications === 'polling'))
  return gmail && (!services.includes('calendar') || declared.calendarApi)
}

// A live connection went through the sign-in screen and the API: better evidence than a tick.
function isProven({ status, services }: SetupFacts): boolean {
  return services.every((service) => status.connections[service] > 0)
}

/** Whether the checks and the first sign-in have a saved client to work with. */
export function isClientSaved({ status }: Pick<SetupFacts, 'status'>): boolean {
  return status.fields.clientId.set && status.fields.clientSecret.set
}

export function checksFor(id: GoogleSetupStepId, report: CheckReport | undefined): readonly Check[] {
  return report?.checks.filter((check) => stepChecks[id].includes(check.id)) ?? []
}
