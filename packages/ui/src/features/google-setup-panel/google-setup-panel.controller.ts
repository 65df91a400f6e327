import type { GoogleService, NotificationMode } from '@tenantry/sdk/model'
import type { GoogleChanges, GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useFollowGoogleSetup } from '../../data/use-follow-google-setup.ts'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { useDeclared, useSetupPanelShell } from '../../elements/setup-panel/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { useTenantry } from '../../provider/tenantry-context.ts'
import { checkSetupForm } from './check-setup-form.ts'
import { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import type { SetupModel } from './setup-context.ts'
import { setupFields, toForm } from './setup-form.ts'
import { fieldsOf, hasFailedProvisioning, readSetupSteps } from './setup-step.ts'
import { isChanged, readProject, toChanges } from './to-changes.ts'
import { useFieldWords } from './use-field-words.ts'

const FOLLOW_RESET_MS = 2_000
const bothServices: readonly GoogleService[] = ['gmail', 'calendar']
const allModes: readonly NotificationMode[] = ['managed', 'manual', 'polling']
const ticks = ['gmailApi', 'calendarApi', 'pubsubApi', 'published'] as const
const rules = { fields: setupFields, toForm, check: checkSetupForm, isChanged }

/** Behaviour of the panel once the settings are known. */
export function useSetupPanel(props: GoogleSetupPanelProps, setup: GoogleSetup, status: GoogleSetupStatus) {
  const { services = bothServices, pubsubModes = allModes } = props
  const { appName, tenantId } = useTenantry()
  const t = useMessages(googleSetupPanelMessages, props.messages)
  const sayProblem = useFieldWords(t)
  const [declared, declare] = useDeclared('google-setup', ticks, tenantId)
  const isTelling = setup.reset.isPending || (status.goodbye !== null && status.goodbye.pending.length > 0)
  useFollowGoogleSetup(isTelling, { everyMs: FOLLOW_RESET_MS, whenHidden: false })
  const report = setup.test.data
  const panel = useSetupPanelShell({
    component: 'google-setup-panel',
    options: props,
    setup,
    status,
    rules,
    say: sayProblem,
    readSteps: ({ base, values, invalid }) =>
      readSetupSteps({ status: base, form: values, invalid, declared, services, modes: readModes(pubsubModes, base), report }),
    fieldsOf,
    missingIn: (step, { projectId }) => (step === 'project' && projectId.trim() === '' ? 'projectId' : null),
    required: 'required',
    isReady: (of) => isReady(of, services),
    connectionsOf,
    savedReconnect: t('savedReconnect'),
    toChanges,
    endsSignIns,
  })
  const { form, values, base, epoch, isDirty } = panel.state
  const isTroubled =
    base.endingSignIns.length > 0 ||
    hasFailedProvisioning({ status: base, form: values }) ||
    report?.checks.some((check) => check.status === 'fail') === true
  const model: SetupModel = {
    t,
    props,
    appName,
    status: base,
    form,
    values,
    epoch,
    isDirty,
    services,
    modes: readModes(pubsubModes, base),
    project: readProject(values.projectId) || null,
    steps: panel.steps,
    openStep: panel.openStep,
    state: readState(base, services, isTroubled),
    setOpenStep: panel.setOpenStep,
    declared,
    declare,
    test: setup.test,
    runChecks: panel.runChecks,
    reportFailure: panel.reportFailure,
    openReset: panel.openReset,
    sayProblem,
    fieldId: panel.shell.fieldId,
    focusField: panel.shell.focusField,
  }
  return { model, shell: panel.shell }
}

const connectionsOf = ({ connections }: GoogleSetupStatus): number => connections.gmail + connections.calendar

function endsSignIns(changes: Omit<GoogleChanges, 'ifVersion'>, before: GoogleSetupStatus, saved: GoogleSetupStatus): boolean {
  return before.fields.clientId.set && (changes.clientId ?? changes.calendarClientId) !== undefined && connectionsOf(saved) > 0
}

function isReady(status: GoogleSetupStatus, services: readonly GoogleService[]): boolean {
  return services.every((service) => status.missingFor[service].length === 0)
}

function readState(status: GoogleSetupStatus, services: readonly GoogleService[], isTroubled: boolean): SetupModel['state'] {
  if (isTroubled) return 'attention'
  if (status.state === 'missing') return 'missing'
  return isReady(status, services) ? 'ready' : 'partial'
}

// Without a public address notifications are fetched with the key, and a person's own topic comes without one.
function readModes(offered: readonly NotificationMode[], { state, notifications, provisioning }: GoogleSetupStatus): NotificationMode[] {
  const possible = offered.filter((mode) => mode !== 'manual' || provisioning?.transport !== 'pull')
  return state === 'missing' || possible.includes(notifications) ? possible : [...possible, notifications]
}
