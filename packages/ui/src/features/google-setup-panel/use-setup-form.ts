import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Resolver, UseFormReturn } from 'react-hook-form'
import { mergeForm, setupFields, toForm } from './setup-form.ts'
import type { SetupForm } from './setup-form.ts'
import { checkSetupForm } from './check-setup-form.ts'
import type { SayProblem } from './use-field-words.ts'
import { isChanged } from './to-changes.ts'

export interface SetupFormState {
  readonly form: UseFormReturn<SetupForm>
  readonly values: SetupForm
  /** The settings that the form was opened with; a save names their version. */
  readonly base: GoogleSetupStatus
  readonly isDirty: boolean
  /** Grows when typed text is dropped: fields with a state of their own start again. */
  readonly epoch: number
  /** Takes over settings; fields that differ from `before` keep their text, without it all do not. */
  adopt(next: GoogleSetupStatus, before?: SetupForm): void
  /** Drops what was typed. */
  discard(): void
  /** Closes replaced secrets again after a save. */
  restart(): void
}

/** One form over all steps. A refetch changes only what nobody has touched; newer settings wait while there is typed text. */
export function useSetupForm(status: GoogleSetupStatus, say: SayProblem): SetupFormState {
  const [opened, setOpened] = useState(status)
  // The same version may tell news beside the settings, such as how many connections there are.
  const base = status.version === opened.version ? status : opened
  const [epoch, setEpoch] = useState(0)
  const resolver = useMemo(() => createResolver(base, say), [base, say])
  const form = useForm<SetupForm>({
    defaultValues: toForm(base),
    resolver,
    mode: 'onTouched',
    shouldFocusError: false,
  })
  const values = useWatch({ control: form.control, compute: (typed: SetupForm) => typed })
  const isDirty = isChanged(values, base)
  const restart = () => setEpoch((last) => last + 1)
  const adopt = (next: GoogleSetupStatus, before?: SetupForm) => {
    const fresh = toForm(next)
    form.reset(before ? mergeForm(before, form.getValues(), fresh) : fresh, { keepErrors: before !== undefined })
    setOpened(next)
    if (!before) restart()
  }
  const follow = useRef(adopt)
  useEffect(() => {
    follow.current = adopt
  })
  useEffect(() => {
    if (status !== base && !isDirty) follow.current(status, toForm(base))
  }, [status, base, isDirty])
  // What was typed leaves memory with the panel.
  useEffect(() => () => form.reset(), [form])
  return { form, values, base, isDirty, epoch, adopt, discard: () => adopt(base), restart }
}

function createResolver(base: GoogleSetupStatus, say: SayProblem): Resolver<SetupForm> {
  return (values) => {
    const problems = checkSetupForm(values, base)
    const errors = setupFields.flatMap((field) => {
      const problem = problems[field]
      return problem ? [[field, { type: problem, message: say(field, problem) }]] : []
    })
    return errors.length > 0 ? { values: {}, errors: Object.fromEntries(errors) } : { values, errors: {} }
  }
}
