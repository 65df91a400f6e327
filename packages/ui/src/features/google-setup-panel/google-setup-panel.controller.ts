import type { GoogleService, NotificationMode } from '@tenantry/sdk/model'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useEffect, useId, useState } from 'react'
import type { RefObject } from 'react'
import { useFollowGoogleSetup } from '../../data/use-follow-google-setup.ts'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { toFailure, useFailureWords } from '../../elements/failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { useTenantry } from '../../provider/tenantry-context.ts'
import { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import type { SetupModel } from './setup-context.ts'
import { setupFields } from './setup-form.ts'
import { hasFailedProvisioning, readSetupSteps, stepOf } from './setup-step.ts'
import type { GoogleSetupStepId } from './setup-step.ts'
import { readProject } from './to-changes.ts'
import { useDeclared } from './use-declared.ts'
import { useFieldWords } from './use-field-words.ts'
import { useFocusRequest } from './use-focus-request.ts'
import { useOpenStep } from './use-open-step.ts'
import { useSaveSetup } from './use-save-setup.ts'
import { useSetupForm } from './use-setup-form.ts'

const component = 'google-setup-panel'
const FOLLOW_RESET_MS = 2_000
const bothServices: readonly GoogleService[] = ['gmail', 'calendar']
const allModes: readonly NotificationMode[] = ['managed', 'manual', 'polling']

export interface SetupPanel {
  readonly model: SetupModel
  /** The reset's dialog, if it is open: it asks, or shows how far the last one is. */
  readonly resetView: 'ask' | 'progress' | null
  closeReset(): void
}

/** Behaviour of the panel once the settings are known. */
export function useSetupPanel(
  props: GoogleSetupPanelProps,
  setup: GoogleSetup,
  status: GoogleSetupStatus,
  frame: RefObject<HTMLElement | null>,
): SetupPanel {
  const { services = bothServices, pubsubModes = allModes, onDirtyChange } = props
  const { appName, tenantId, emit, notify } = useTenantry()
  const t = useMessages(googleSetupPanelMessages, props.messages)
  const sayFailure = useFailureWords()
  const sayProblem = useFieldWords(t)
  const idPrefix = useId()
  const [declared, declare] = useDeclared(tenantId)
  const [resetView, setResetView] = useState<SetupPanel['resetView']>(null)
  const isTelling = setup.reset.isPending || (status.goodbye !== null && status.goodbye.pending.length > 0)
  useFollowGoogleSetup(isTelling, { everyMs: FOLLOW_RESET_MS, whenHidden: false })
  const focus = useFocusRequest(frame)
  const state = useSetupForm(status, sayProblem)
  const { form, values, base, isDirty } = state
  const modes = readModes(pubsubModes, base)
  const invalid = new Set(setupFields.filter((field) => form.formState.errors[field]))
  const report = setup.test.data
  const steps = readSetupSteps({
    status: base,
    form: values,
    invalid,
    declared,
    services,
    modes,
    report,
  })
  const isTroubled =
    base.endingSignIns.length > 0 ||
    hasFailedProvisioning({ status: base, form: values }) ||
    report?.checks.some((check) => check.status === 'fail') === true
  const [openStep, setOpenStep] = useOpenStep({
    steps,
    initial: props.initialStep,
    controlled: props.step,
    startClosed: isReady(base, services),
    keepOneOpen: props.layout === 'wizard',
    onChange: props.onStepChange,
    emit,
  })
  const fieldId = (field: string) => `${idPrefix}-${field}`
  const fail = (error: unknown, type: 'setup.save_failed' | null) => {
    const failure = toFailure(error)
    const requestId = failure.values?.['requestId']
    if (type) emit({ type, component, code: failure.code })
    props.onError?.({ code: failure.code, title: sayFailure(failure).title, ...(requestId !== undefined && { requestId }) })
  }
  const saving = useSaveSetup(setup, state, sayProblem, {
    onInvalid(field) {
      setOpenStep(stepOf(field))
      focus.request({ field: fieldId(field) })
    },
    onSaved(saved, before) {
      emit({ type: 'setup.saved', component })
      notify?.({ tone: 'success', text: t('saved') })
      props.onSaved?.(saved)
      if (isReady(saved, services) && !isReady(before, services)) props.onConfigured?.(saved)
    },
    onFailed: (error) => fail(error, 'setup.save_failed'),
  })
  useEffect(() => onDirtyChange?.(isDirty), [isDirty, onDirtyChange])
  const goTo = (step: GoogleSetupStepId) => {
    setOpenStep(step)
    focus.request({ step })
  }
  return {
    resetView,
    closeReset: () => setResetView(null),
    model: {
      t,
      props,
      appName,
      status: base,
      form,
      values,
      epoch: state.epoch,
      isDirty,
      services,
      modes,
      project: readProject(values.projectId) || null,
      steps,
      openStep,
      state: readState(base, services, isTroubled),
      setOpenStep,
      async goNext(step) {
        const fields = setupFields.filter((field) => stepOf(field) === step)
        await form.trigger(fields)
        if (step === 'project' && values.projectId.trim() === '')
          form.setError('projectId', { type: 'required', message: sayProblem('projectId', 'required') })
        const wrong = fields.find((field) => form.getFieldState(field).invalid)
        if (wrong) return focus.request({ field: fieldId(wrong) })
        const next = steps[steps.findIndex((candidate) => candidate.id === step) + 1]
        if (next) goTo(next.id)
      },
      goBack(step) {
        const before = steps[steps.findIndex((candidate) => candidate.id === step) - 1]
        if (before) goTo(before.id)
      },
      declared,
      declare,
      saving,
      newest: status.version === base.version ? null : findNewest(status),
      discard() {
        saving.clear()
        state.discard()
      },
      test: setup.test,
      runChecks() {
        emit({ type: 'diagnostics.started', component })
        setup.test.run().then(
          () => emit({ type: 'diagnostics.finished', component }),
          (error: unknown) => fail(error, null),
        )
      },
      reportFailure: (error) => fail(error, null),
      openReset: () => setResetView('ask'),
      goodbye: status.goodbye,
      openGoodbye: () => setResetView('progress'),
      finishReset(next) {
        state.adopt(next)
        emit({ type: 'reset.confirmed', component })
        props.onReset?.()
      },
      sayProblem,
      fieldId,
      focusField: (field) => focus.request({ field: fieldId(field) }),
      retryFocus: focus.retry,
    },
  }
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

function findNewest({ fields }: GoogleSetupStatus): SetupModel['newest'] {
  const facts = Object.values(fields).flatMap((fact) => (fact.set ? [{ person: fact.updatedBy, at: fact.updatedAt }] : []))
  return facts.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null
}
