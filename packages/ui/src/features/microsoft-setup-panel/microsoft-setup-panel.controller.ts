import type { MicrosoftChanges, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { useFollowMicrosoftSetup } from '../../data/use-follow-microsoft-setup.ts'
import type { MicrosoftSetup } from '../../data/use-microsoft-setup.ts'
import { hasValue, useDeclared, useSetupPanelShell } from '../../elements/setup-panel/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { useTenantry } from '../../provider/tenantry-context.ts'
import { checkSetupForm } from './check-setup-form.ts'
import { microsoftSetupPanelMessages } from './microsoft-setup-panel.messages.ts'
import type { MicrosoftSetupPanelProps } from './panel-props.ts'
import type { SetupModel } from './setup-context.ts'
import { setupFields, toForm } from './setup-form.ts'
import type { SetupField, SetupForm } from './setup-form.ts'
import { fieldsOf, isSecretEnding, readSetupSteps, ticks } from './setup-step.ts'
import type { MicrosoftSetupStepId } from './setup-step.ts'
import { isChanged, toChanges } from './to-changes.ts'
import { useFieldWords } from './use-field-words.ts'

const FOLLOW_RESET_MS = 2_000
const rules = { fields: setupFields, toForm, check: checkSetupForm, isChanged }

/** Behaviour of the panel once the settings are known. */
export function useSetupPanel(props: MicrosoftSetupPanelProps, setup: MicrosoftSetup, status: MicrosoftSetupStatus) {
  const { appName, tenantId } = useTenantry()
  const t = useMessages(microsoftSetupPanelMessages, props.messages)
  const [declared, declare] = useDeclared('microsoft-setup', ticks, tenantId)
  const isTelling = setup.reset.isPending || (status.goodbye !== null && status.goodbye.pending.length > 0)
  useFollowMicrosoftSetup(isTelling, { everyMs: FOLLOW_RESET_MS })
  const report = setup.test.data
  const panel = useSetupPanelShell({
    component: 'microsoft-setup-panel',
    options: props,
    setup,
    status,
    rules,
    say: useFieldWords(t),
    readSteps: ({ base, values, invalid }) => readSetupSteps({ status: base, form: values, invalid, declared, report }),
    fieldsOf,
    missingIn: (step, values) => missingIn(step, values, status),
    required: 'required',
    isReady,
    connectionsOf: ({ connections }) => connections,
    savedReconnect: t('savedReconnect'),
    toChanges,
    endsSignIns,
  })
  const { form, values, base, epoch } = panel.state
  const isTroubled = isSecretEnding(base) || report?.checks.some((check) => check.status === 'fail') === true
  const model: SetupModel = {
    t,
    props,
    appName,
    status: base,
    form,
    values,
    epoch,
    steps: panel.steps,
    openStep: panel.openStep,
    state: isTroubled ? 'attention' : base.state === 'configured' ? 'ready' : base.state,
    setOpenStep: panel.setOpenStep,
    declared,
    declare,
    test: setup.test,
    runChecks: panel.runChecks,
    openReset: panel.openReset,
  }
  return { model, shell: panel.shell }
}

const isReady = ({ missing }: MicrosoftSetupStatus): boolean => missing.length === 0

function missingIn(step: MicrosoftSetupStepId, values: SetupForm, { fields }: MicrosoftSetupStatus): SetupField | null {
  const needed = (['directoryId', 'clientId', 'clientSecret'] as const).filter((field) => fieldsOf(step).includes(field))
  return needed.find((field) => !hasValue(values[field], fields[field].set)) ?? null
}

function endsSignIns(changes: Omit<MicrosoftChanges, 'ifVersion'>, before: MicrosoftSetupStatus, saved: MicrosoftSetupStatus): boolean {
  return before.fields.clientId.set && (changes.clientId ?? changes.directoryId ?? changes.cloud) !== undefined && saved.connections > 0
}
