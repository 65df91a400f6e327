import { isTenantryError } from '@tenantry/sdk/errors'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useRef, useState } from 'react'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { errorToFields } from '../../data/error-to-fields.ts'
import { setupFields, toForm } from './setup-form.ts'
import type { SetupField, SetupForm } from './setup-form.ts'
import type { SayProblem } from './use-field-words.ts'
import { toChanges } from './to-changes.ts'
import type { SetupFormState } from './use-setup-form.ts'

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

export interface SaveCallbacks {
  onInvalid: (field: SetupField) => void
  onSaved: (saved: GoogleSetupStatus, before: GoogleSetupStatus) => void
  onFailed: (error: unknown) => void
}

const fieldNames = Object.fromEntries(setupFields.map((field) => [field, field])) as Readonly<Record<SetupField, SetupField>>

/** Saves what was changed and nothing else. What was typed stays until the server has it. */
export function useSaveSetup(setup: GoogleSetup, state: SetupFormState, say: SayProblem, callbacks: SaveCallbacks): SaveSetup {
  const { form, base, isDirty, adopt } = state
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [outcome, setOutcome] = useState<SaveSetup['outcome']>(null)
  const running = useRef(false)
  const clear = () => {
    setFailure(null)
    setOutcome(null)
  }
  const refuse = (field: SetupField) => {
    setOutcome('invalid')
    callbacks.onInvalid(field)
  }
  const send = async (sent: SetupForm) => {
    const changes = toChanges(sent, base)
    if (Object.keys(changes).length === 0) return
    try {
      const saved = await setup.save.run({ ifVersion: base.version, ...changes })
      // Text typed while the request was under way differs from what was sent, and stays.
      adopt(saved, sent)
      state.restart()
      const replacesApp = base.fields.clientId.set && (changes.clientId ?? changes.calendarClientId) !== undefined
      const connected = saved.connections.gmail + saved.connections.calendar > 0
      setOutcome(replacesApp && connected ? 'saved-reconnect' : 'saved')
      callbacks.onSaved(saved, base)
    } catch (error) {
      const named = errorToFields<SetupForm>(error, fieldNames, form.setError, (at) => say(at.field as SetupField, at.code, at.values))
      const [first] = named as SetupField[]
      if (first) refuse(first)
      else setFailure(error)
      if (isTenantryError(error) && error.code === 'conflict') void setup.query.refetch()
      callbacks.onFailed(error)
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
      const invalid = setupFields.find((field) => form.getFieldState(field).invalid)
      if (!valid && invalid) refuse(invalid)
      else await send(form.getValues())
      running.current = false
      setSaving(false)
    },
    async reload(keepText) {
      const { data } = await setup.query.refetch()
      if (!data) return
      clear()
      adopt(data, keepText ? toForm(base) : undefined)
    },
  }
}

function isConflictError(error: unknown): boolean {
  return isTenantryError(error) && error.code === 'conflict'
}
