import type { ErrorCode } from '@tenantry/sdk/errors'
import type { FieldFact, GoogleGoodbye } from '@tenantry/sdk/wire'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useSaveSetup } from '../../data/setup/use-save-setup.ts'
import type { SaveOptions } from '../../data/setup/use-save-setup.ts'
import { useSetupForm } from '../../data/setup/use-setup-form.ts'
import type { SetupFormRules } from '../../data/setup/use-setup-form.ts'
import type { VendorSetup } from '../../data/use-vendor-setup.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { StepState } from '../../parts/step-list/step.ts'
import { useTenantry } from '../../provider/tenantry-context.ts'
import { toFailure, useFailureWords } from '../failure/index.ts'
import { setupPanelMessages } from './setup-panel.messages.ts'
import type { ResetAction, ResetView, SetupPanelOverrides, SetupShell } from './setup-shell.ts'
import { useFocusRequest } from './use-focus-request.ts'
import { useOpenStep } from './use-open-step.ts'

/** A failure as a host hears of it: no typed value is in it. */
export interface SetupPanelError {
  readonly code: ErrorCode
  readonly title: string
  /** For support, when the server gave one. */
  readonly requestId?: string
}

/** What a host may tell any setup panel. */
export interface SetupPanelOptions<Id extends string, Status> {
  readonly layout?: 'checklist' | 'wizard'
  readonly initialStep?: Id
  readonly step?: Id | null
  readonly onStepChange?: (step: Id | null) => void
  readonly onSaved?: (status: Status) => void
  readonly onConfigured?: (status: Status) => void
  readonly onReset?: () => void
  readonly onError?: (error: SetupPanelError) => void
  readonly onDirtyChange?: (dirty: boolean) => void
  readonly onShowConnections?: () => void
  readonly renderStepExtra?: (step: Id) => ReactNode
  readonly messages?: SetupPanelOverrides
}

/** What every vendor tells of a setup. */
interface AnyStatus {
  readonly version: string | null
  readonly fields: Readonly<Record<string, FieldFact>>
  readonly goodbye: GoogleGoodbye | null
}

export interface SetupStepState<Id extends string> {
  readonly id: Id
  readonly state: StepState
  readonly isReachable: boolean
  readonly isComplete: boolean
}

interface PanelInput<Status extends AnyStatus, Form extends FieldValues, Changes extends object, Problem, Id extends string> extends Pick<
  SaveOptions<Status, Form, Changes>,
  'toChanges' | 'endsSignIns'
> {
  /** The mounted component's name in events. */
  readonly component: string
  readonly options: SetupPanelOptions<Id, Status>
  readonly setup: VendorSetup<Status, Changes & { ifVersion?: string | null }, { readonly status: Status; readonly disconnected: number }>
  readonly status: Status
  readonly rules: SetupFormRules<Status, Form, Problem>
  readonly say: (field: keyof Form & string, problem: NoInfer<Problem> | ErrorCode, values?: Readonly<Record<string, string>>) => string
  /** State of every step, from what is saved and typed. */
  readonly readSteps: (facts: { base: Status; values: Form; invalid: ReadonlySet<keyof Form> }) => readonly SetupStepState<Id>[]
  readonly fieldsOf: (step: Id) => readonly (keyof Form & string)[]
  /** Values that a step cannot do without, though the form as a whole may be saved without them. */
  readonly missingIn: (step: Id, values: Form) => keyof Form | null
  readonly required: NoInfer<Problem>
  readonly isReady: (status: Status) => boolean
  readonly connectionsOf: (status: Status) => number
  readonly savedReconnect: string
}

/** Behaviour of a setup panel whose settings are known: one form over its steps, saving, the focus, the reset. */
export function useSetupPanelShell<Status extends AnyStatus, Form extends FieldValues, Changes extends object, Problem, Id extends string>(
  input: PanelInput<Status, Form, Changes, Problem, Id>,
) {
  const { component, options, setup, status, rules, say, isReady, savedReconnect } = input
  const { emit, notify } = useTenantry()
  const t = useMessages(setupPanelMessages, options.messages)
  const sayFailure = useFailureWords()
  const idPrefix = useId()
  const [resetView, setResetView] = useState<ResetView | null>(null)
  const frame = useRef<HTMLFormElement>(null)
  const focus = useFocusRequest(frame)
  const state = useSetupForm(rules, status, say)
  const { form, values, base, isDirty } = state
  const steps = input.readSteps({ base, values, invalid: new Set(rules.fields.filter((field) => form.formState.errors[field])) })
  const [openStep, setOpenStep] = useOpenStep({
    component,
    steps,
    initial: options.initialStep,
    controlled: options.step,
    startClosed: isReady(base),
    keepOneOpen: options.layout === 'wizard',
    onChange: options.onStepChange,
    emit,
  })
  const fieldId = (field: string) => `${idPrefix}-${field}`
  const focusField = (field: string) => focus.request({ field: fieldId(field) })
  const fail = (error: unknown, type: 'setup.save_failed' | null) => {
    const failure = toFailure(error)
    const requestId = failure.values?.['requestId']
    if (type) emit({ type, component, code: failure.code })
    options.onError?.({ code: failure.code, title: sayFailure(failure).title, ...(requestId !== undefined && { requestId }) })
  }
  const stepOf = (field: keyof Form & string) => steps.find(({ id }) => input.fieldsOf(id).includes(field))?.id ?? null
  const saving = useSaveSetup<Status, Form, Changes>({
    setup,
    rules,
    state,
    toChanges: input.toChanges,
    endsSignIns: input.endsSignIns,
    say,
    onInvalid(field) {
      setOpenStep(stepOf(field))
      focusField(field)
    },
    onSaved(saved, before) {
      emit({ type: 'setup.saved', component })
      notify?.({ tone: 'success', text: t('saved') })
      options.onSaved?.(saved)
      if (isReady(saved) && !isReady(before)) options.onConfigured?.(saved)
    },
    onFailed: (error) => fail(error, 'setup.save_failed'),
  })
  const { onDirtyChange } = options
  useEffect(() => onDirtyChange?.(isDirty), [isDirty, onDirtyChange])
  const goTo = (step: Id | undefined) => {
    if (step === undefined) return
    setOpenStep(step)
    focus.request({ step })
  }
  const neighbour = (step: string, by: 1 | -1) => steps[steps.findIndex(({ id }) => id === step) + by]?.id
  const reset: ResetAction = {
    ...setup.reset,
    async run(choice) {
      const reply = await setup.reset.run(choice)
      state.adopt(reply.status)
      emit({ type: 'reset.confirmed', component })
      options.onReset?.()
    },
  }
  const shell: SetupShell = {
    frame,
    messages: options.messages,
    layout: options.layout ?? 'checklist',
    isDirty,
    saving,
    newest: status.version === base.version ? null : findNewest(status),
    discard() {
      saving.clear()
      state.discard()
    },
    savedReconnect,
    connections: input.connectionsOf(base),
    onShowConnections: options.onShowConnections,
    goodbye: status.goodbye,
    openGoodbye: () => setResetView('progress'),
    reset,
    resetView,
    closeReset: () => setResetView(null),
    steps,
    async goNext(id) {
      const step = id as Id
      const fields = rules.fields.filter((field) => input.fieldsOf(step).includes(field))
      await form.trigger(fields)
      const missing = rules.fields.find((field) => field === input.missingIn(step, values))
      if (missing) form.setError(missing, { type: 'required', message: say(missing, input.required) })
      const wrong = fields.find((field) => form.getFieldState(field).invalid)
      if (wrong) focusField(wrong)
      else goTo(neighbour(step, 1))
    },
    goBack: (step) => goTo(neighbour(step, -1)),
    renderStepExtra: (step) => options.renderStepExtra?.(step as Id),
    fieldId,
    focusField,
    retryFocus: focus.retry,
  }
  return {
    state,
    steps,
    openStep,
    setOpenStep,
    shell,
    openReset: () => setResetView('ask'),
    runChecks() {
      emit({ type: 'diagnostics.started', component })
      setup.test.run().then(
        () => emit({ type: 'diagnostics.finished', component }),
        (error: unknown) => fail(error, null),
      )
    },
    reportFailure: (error: unknown) => fail(error, null),
  }
}

function findNewest({ fields }: AnyStatus): SetupShell['newest'] {
  const facts = Object.values(fields).flatMap((fact) => (fact.set ? [{ person: fact.updatedBy, at: fact.updatedAt }] : []))
  return facts.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null
}
