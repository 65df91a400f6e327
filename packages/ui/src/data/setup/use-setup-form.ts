import { useEffect, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { DefaultValues, FieldErrors, FieldPath, FieldValues, Resolver, UseFormReturn } from 'react-hook-form'

/** Settings as the server tells them: the version is what a save names. */
export interface VersionedStatus {
  readonly version: string | null
}

/** What one vendor's panel edits, and by which rules. */
export interface SetupFormRules<Status, Form extends FieldValues, Problem> {
  /** In the order of the screen: the first invalid one takes the focus. */
  readonly fields: readonly (keyof Form & FieldPath<Form>)[]
  /** The form of what is saved: nothing write-only is in it. */
  readonly toForm: (status: Status) => Form
  /** What is wrong, by field. An answer never carries what was typed. */
  readonly check: (form: Form, status: Status) => Partial<Record<keyof Form, Problem>>
  /** Whether the person has typed or chosen anything that is not saved. */
  readonly isChanged: (form: Form, status: Status) => boolean
}

export interface SetupFormState<Status, Form extends FieldValues> {
  readonly form: UseFormReturn<Form>
  readonly values: Form
  /** The settings that the form was opened with; a save names their version. */
  readonly base: Status
  readonly isDirty: boolean
  /** Grows when typed text is dropped: fields with a state of their own start again. */
  readonly epoch: number
  /** Takes over settings; fields that differ from `before` keep their text, without it all do not. */
  adopt(next: Status, before?: Form): void
  /** Drops what was typed. */
  discard(): void
  /** Closes replaced secrets again after a save. */
  restart(): void
}

type Say<Form, Problem> = (field: keyof Form & string, problem: Problem) => string

/**
 * One form over all steps. A refetch changes only what nobody has touched; newer settings wait while there is typed text.
 * @param rules keep its identity stable
 */
export function useSetupForm<Status extends VersionedStatus, Form extends FieldValues, Problem>(
  rules: SetupFormRules<Status, Form, Problem>,
  status: Status,
  say: Say<Form, Problem>,
): SetupFormState<Status, Form> {
  const [opened, setOpened] = useState(status)
  // The same version may tell news beside the settings, such as how many connections there are.
  const base = status.version === opened.version ? status : opened
  const [epoch, setEpoch] = useState(0)
  const resolver = useMemo(() => createResolver(rules, base, say), [rules, base, say])
  const form = useForm<Form>({
    defaultValues: rules.toForm(base) as DefaultValues<Form>,
    resolver,
    mode: 'onTouched',
    shouldFocusError: false,
  })
  const values = useWatch({ control: form.control, compute: (typed: Form) => typed })
  const isDirty = rules.isChanged(values, base)
  const restart = () => setEpoch((last) => last + 1)
  const adopt = (next: Status, before?: Form) => {
    const fresh = rules.toForm(next)
    form.reset(before ? mergeForm(rules.fields, { before, typed: form.getValues(), fresh }) : fresh, { keepErrors: before !== undefined })
    setOpened(next)
    if (!before) restart()
  }
  const follow = useRef(adopt)
  useEffect(() => {
    follow.current = adopt
  })
  useEffect(() => {
    if (status !== base && !isDirty) follow.current(status, rules.toForm(base))
  }, [rules, status, base, isDirty])
  // What was typed leaves memory with the panel.
  useEffect(() => () => form.reset(), [form])
  return { form, values, base, isDirty, epoch, adopt, discard: () => adopt(base), restart }
}

/** Newly read settings under what was typed: fields that differ from `before` keep the person's text, all others follow the server. */
function mergeForm<Form extends FieldValues>(
  fields: readonly (keyof Form)[],
  { before, typed, fresh }: { before: Form; typed: Form; fresh: Form },
): Form {
  const touched = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(typed[field]))
  return { ...fresh, ...Object.fromEntries(touched.map((field) => [field, typed[field]])) }
}

function createResolver<Status, Form extends FieldValues, Problem>(
  { fields, check }: SetupFormRules<Status, Form, Problem>,
  base: Status,
  say: Say<Form, Problem>,
): Resolver<Form> {
  return (values) => {
    const problems = check(values, base)
    const errors = fields.flatMap((field) => {
      const problem = problems[field]
      return problem === undefined ? [] : [[field, { type: String(problem), message: say(field, problem) }]]
    })
    return errors.length > 0 ? { values: {}, errors: Object.fromEntries(errors) as FieldErrors<Form> } : { values, errors: {} }
  }
}
