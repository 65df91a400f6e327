import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { useRef, useState } from 'react'
import type { FieldPath, FieldValues } from 'react-hook-form'
import { errorToFields } from '../error-to-fields.ts'
import type { VendorSetup } from '../use-vendor-setup.ts'
import type { SetupFormRules, SetupFormState, VersionedStatus } from './use-setup-form.ts'

export interface SaveSetup {
  readonly isSaving: boolean
  /** Why the last save failed, when it was not about a field. */
  readonly failure: unknown
  /** Somebody else's settings are newer than what was typed here. */
  readonly isConflict: boolean
  readonly outcome: 'saved' | 'saved-reconnect' | 'invalid' | null
  save(): Promise<void>
  /** Forgets how the last save ended. */
  clear(): void
  /** Shows the newest settings: with `keepText` under what was typed, else instead of it. */
  reload(keepText: boolean): Promise<void>
}

export interface SaveOptions<Status extends VersionedStatus, Form extends FieldValues, Changes extends object> {
  readonly setup: Pick<VendorSetup<Status, Changes & { ifVersion?: string | null }, unknown>, 'query' | 'save'>
  readonly rules: Pick<SetupFormRules<Status, Form, unknown>, 'fields' | 'toForm'>
  readonly state: SetupFormState<Status, Form>
  /** Only what was changed. */
  readonly toChanges: (form: Form, status: Status) => Changes
  /** Another app was saved, and sign-ins belong to the app that they were made with. */
  readonly endsSignIns: (changes: Changes, before: Status, saved: Status) => boolean
  readonly say: (field: keyof Form & string, code: ErrorCode, values: Readonly<Record<string, string>> | undefined) => string
  readonly onInvalid: (field: keyof Form & string) => void
  readonly onSaved: (saved: Status, before: Status) => void
  readonly onFailed: (error: unknown) => void
}

/** Saves what was changed and nothing else. What was typed stays until the server has it. */
export function useSaveSetup<Status extends VersionedStatus, Form extends FieldValues, Changes extends object>(
  options: SaveOptions<Status, Form, Changes>,
): SaveSetup {
  const { setup, rules, state, toChanges, endsSignIns, say, onInvalid, onSaved, onFailed } = options
  const { form, base, isDirty, adopt } = state
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [outcome, setOutcome] = useState<SaveSetup['outcome']>(null)
  const running = useRef(false)
  const clear = () => {
    setFailure(null)
    setOutcome(null)
  }
  const refuse = (field: keyof Form & string) => {
    setOutcome('invalid')
    onInvalid(field)
  }
  const send = async (sent: Form) => {
    const changes = toChanges(sent, base)
    if (Object.keys(changes).length === 0) return
    try {
      const saved = await setup.save.run({ ifVersion: base.version, ...changes })
      // Text typed while the request was under way differs from what was sent, and stays.
      adopt(saved, sent)
      state.restart()
      setOutcome(endsSignIns(changes, base, saved) ? 'saved-reconnect' : 'saved')
      onSaved(saved, base)
    } catch (error) {
      const names = Object.fromEntries(rules.fields.map((field) => [field, field])) as Readonly<Record<string, FieldPath<Form>>>
      const [first] = errorToFields<Form>(error, names, form.setError, (at) => say(at.field, at.code, at.values))
      if (first) refuse(first)
      else setFailure(error)
      if (isTenantryError(error) && error.code === 'conflict') void setup.query.refetch()
      onFailed(error)
    }
  }
  return {
    isSaving,
    failure: isConflictError(failure) ? null : failure,
    isConflict: !isSaving && isDirty && (isConflictError(failure) || setup.query.data?.version !== base.version),
    outcome,
    clear,
    async save() {
      if (running.current) return
      running.current = true
      clear()
      setSaving(true)
      const valid = await form.trigger()
      const invalid = rules.fields.find((field) => form.getFieldState(field).invalid)
      if (!valid && invalid) refuse(invalid)
      else await send(form.getValues())
      running.current = false
      setSaving(false)
    },
    async reload(keepText) {
      const { data } = await setup.query.refetch()
      if (!data) return
      clear()
      adopt(data, keepText ? rules.toForm(base) : undefined)
    },
  }
}

function isConflictError(error: unknown): boolean {
  return isTenantryError(error) && error.code === 'conflict'
}
