import { isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary, DisconnectInput, UpdateInput } from '@tenantry/sdk/wire'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useForm } from 'react-hook-form'
import type { DefaultValues, FieldError, FieldPath, FieldValues, UseFormSetError } from 'react-hook-form'
import { useTenantry } from '../../provider/tenantry-context.ts'
import { errorToFields } from '../error-to-fields.ts'
import type { FieldNames } from '../error-to-fields.ts'
import type { ConnectSettings } from './oauth-setting.ts'
import { createFormResolver, holdsAtOnce } from './form-rules.ts'
import type { FormRules } from './form-rules.ts'
import { createRefusals } from './refusals.ts'
import { useProviderConnection } from './use-provider-connection.ts'
import type { ProviderConnectionOptions } from './use-provider-connection.ts'

export interface ProviderFormOptions<Values extends FieldValues, App = unknown> extends ProviderConnectionOptions<App>, FormRules<Values> {
  /** The component's name in events. */
  component: string
  defaults: Values
  /** The fields that a connection fills. */
  readValues: (connection: ConnectionSummary) => Partial<Values>
  toSettings: (values: Values) => ConnectSettings
  /** Settings that may change while connected, as far as they differ; default none. */
  toChanges?: (values: Values, connection: ConnectionSummary) => UpdateInput['settings']
  /** Settings that need a new sign-in, which then brings them; `undefined`: none do. */
  toSwitch?: (values: Values, connection: ConnectionSummary) => ConnectSettings | undefined
  /** Asks before a change is sent that cannot be taken back; `false`: nothing is sent. */
  beforeSave?: (values: Values, connection: ConnectionSummary) => Promise<boolean>
  /** Which field stands for which field of the wire. */
  fieldNames: FieldNames<Values>
  onConnect: ((connection: ConnectionSummary, values: Values) => void) | undefined
  onSave: ((connection: ConnectionSummary, values: Values) => void) | undefined
  onError: ((error: TenantryError) => void) | undefined
}

/** One form over one connection: what was typed, and what it does. Refreshed data never replaces what was typed. */
export function useProviderForm<Values extends FieldValues & { name: string }, App>(options: ProviderFormOptions<Values, App>) {
  const {
    component,
    provider,
    defaults,
    readValues,
    toSettings,
    toChanges,
    toSwitch,
    beforeSave,
    check,
    say,
    extraSchema,
    fieldNames,
    onConnect,
    onSave,
    onError,
  } = options
  const { emit } = useTenantry()
  const server = useProviderConnection(options)
  const { connection, signIn, actions } = server
  const values = useMemo(
    () => (connection === undefined ? undefined : ({ ...defaults, ...readValues(connection) } as Values)),
    // The host's defaults and our own reader do not change what a connection says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [connection],
  )
  const rules = { check, say, extraSchema }
  const [refusals] = useState(createRefusals<Values>)
  const form = useForm<Values>({
    mode: 'onBlur',
    reValidateMode: 'onChange',
    defaultValues: defaults as DefaultValues<Values>,
    resolver: createFormResolver(rules, refusals),
    resetOptions: { keepDirtyValues: true },
    ...(values !== undefined && { values }),
  })
  // Before a form is submitted its rules run on blur only: what the server said goes with the value it spoke of.
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: changed }) => {
          for (const field of refusals.dropChanged(changed)) form.clearErrors(field)
        },
      }),
    [form, refusals],
  )
  const { dirtyFields } = form.formState
  const typed = form.watch()
  const ownFields = Object.keys(defaults)
  const hasExtraChanges = Object.keys(dirtyFields).some((field) => !ownFields.includes(field))
  const readChanges = (next: Values, current: ConnectionSummary): UpdateInput => {
    const name = String(next.name ?? '').trim()
    const settings = toChanges?.(next, current)
    return { ...(name !== current.name && { name }), ...(settings && { settings }) }
  }
  const switched = connection && toSwitch?.(typed, connection)
  const isDirty =
    connection !== undefined && (Object.keys(readChanges(typed, connection)).length > 0 || switched !== undefined || hasExtraChanges)

  const showAtFields = useCallback(
    (error: unknown) => {
      if (isTenantryError(error)) onError?.(error)
      const refuse: UseFormSetError<Values> = (name, refusal) => {
        refusals.add(name as FieldPath<Values>, form.getValues(name as FieldPath<Values>), refusal as FieldError)
        form.setError(name, refusal)
      }
      const [first] = errorToFields(aboutMailbox(error), fieldNames, refuse, say)
      if (first) form.setFocus(first)
    },
    // A new callback of the host is no reason to report an old error again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [form.setError, form.setFocus],
  )
  useEffect(() => {
    if (signIn.error !== null) showAtFields(signIn.error)
  }, [signIn.error, showAtFields])

  const reported = useRef<string>(undefined)
  const flowId = signIn.status === 'done' ? signIn.flow?.flowId : undefined
  const arrived = flowId !== undefined && connection?.id === signIn.flow?.connectionId && !server.isRefreshing ? connection : undefined
  useEffect(() => {
    if (arrived === undefined || reported.current === flowId) return
    reported.current = flowId
    const given = form.getValues()
    form.reset({ ...given, ...readValues(arrived) })
    onConnect?.(arrived, given)
  })

  const save = async (next: Values, current: ConnectionSummary) => {
    if ((await beforeSave?.(next, current)) === false) return
    try {
      const changes = readChanges(next, current)
      const saved = Object.keys(changes).length === 0 ? current : await actions.update.run(changes)
      form.reset({ ...next, ...readValues(saved) })
      onSave?.(saved, next)
    } catch (error) {
      showAtFields(error)
    }
  }
  const go = (next: Values) => {
    const wanted = connection === undefined ? toSettings(next) : toSwitch?.(next, connection)
    // The window first: it may only be opened within the click.
    if (wanted !== undefined) signIn.start(wanted)
    else if (connection !== undefined) void save(next, connection)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A portal or a host's form around us must not take this for its own.
    event.stopPropagation()
    // Whoever submits asks the server again.
    refusals.clear()
    const given = form.getValues()
    if (holdsAtOnce(rules, given)) go(given)
    else void form.handleSubmit(go)()
  }
  const attempt = async (action: Promise<unknown>, done?: () => void) => {
    try {
      await action
      done?.()
    } catch (error) {
      showAtFields(error)
    }
  }
  const event = { component, provider, ...(server.id !== undefined && { connectionId: server.id }) }
  return {
    form,
    server,
    isDirty,
    isSaved: actions.update.data !== undefined && !isDirty,
    /** What went wrong with an action and stands at no field. */
    actionError:
      [actions.update, actions.disconnect, actions.sync, actions.repair]
        .map(({ error }) => error)
        .find((error) => !isAtFields(error, fieldNames)) ?? null,
    signInError: isAtFields(signIn.error, fieldNames) ? null : signIn.error,
    submit,
    /** What was chosen holds once somebody has signed in again. */
    needsSignIn: switched !== undefined,
    /** With settings: a sign-in that brings them. */
    reconnect: (settings?: ConnectSettings) => {
      emit({ type: 'connection.reconnect', ...event })
      signIn.start(settings)
    },
    /** Settings that hold at once, whatever else was typed. */
    change: (settings: ConnectSettings) => attempt(actions.update.run({ settings })),
    disconnect: (input: DisconnectInput) =>
      attempt(actions.disconnect.run(input), () => emit({ type: 'connection.disconnected', ...event })),
    resume: () => attempt(actions.update.run({ paused: false })),
    syncNow: () => attempt(actions.sync.run()),
    repair: () => attempt(actions.repair.run()),
  }
}

/** A duplicate is found only after the sign-in when another account signed in: it is about the mailbox all the same. */
function aboutMailbox(error: unknown): unknown {
  if (!isTenantryError(error) || error.code !== 'connection_exists' || error.fields.length > 0) return error
  return new TenantryError('connection_exists', { field: 'mailbox', values: error.values })
}

function isAtFields(error: unknown, names: Readonly<Record<string, unknown>>): boolean {
  if (error === null || error === undefined) return true
  const about = aboutMailbox(error)
  return isTenantryError(about) && about.fields.some(({ field }) => names[field] !== undefined)
}
