import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { checkName } from '../../elements/connection-form/index.ts'
import { needsSignIn, toPair, transportOf } from './transport.ts'
import type { MsTransport } from './transport.ts'

/** Whose Microsoft app signs in: the organization's own, or the host's. */
export type WhoseApp = 'own' | 'host'

/** What the form holds. Fields that a host adds stand beside these. */
export interface SharedMailboxValues {
  name: string
  /** Address of the shared mailbox. */
  upn: string
  /** `null`: none chosen yet. */
  transport: MsTransport | null
  /** Default `own`. */
  app: WhoseApp
}

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/

/** What is wrong with the values, field by field. */
export function checkMailboxValues({ name, upn, transport, app }: SharedMailboxValues, isNew: boolean): readonly FieldFailure[] {
  const wrongAddress = ADDRESS.test(upn.trim()) ? [] : [{ field: 'upn', code: 'mailbox_invalid' } as const]
  const noWay = isNew && transport === null ? [{ field: 'transport', code: 'invalid_input' } as const] : []
  const wrongApp = app === 'host' && transport === 'graph_webhook' ? [{ field: 'app', code: 'host_app_not_for_webhook' } as const] : []
  return [...checkName(name), ...wrongAddress, ...noWay, ...wrongApp]
}

/** The settings of a new connection. */
export function toMailboxSettings({ name, upn, transport, app }: SharedMailboxValues) {
  return { name: name.trim(), mailbox: upn.trim(), ...(transport && toPair(transport)), ...(app === 'host' && { app }) }
}

/** The app that a connection is pinned to. */
export function appOf({ settings }: Pick<ConnectionSummary, 'settings'>): WhoseApp {
  return settings['app'] === 'host' ? 'host' : 'own'
}

/** What was chosen otherwise than a connection has it, as the server calls it, and whether that takes another sign-in; `null`: nothing. */
export function readSwitch(
  { transport, app }: SharedMailboxValues,
  connection: ConnectionSummary,
  status: Pick<MicrosoftSetupStatus, 'offers'> | undefined,
) {
  const to = transport === transportOf(connection.settings) ? null : transport
  const isOtherApp = app !== appOf(connection)
  if (to === null && !isOtherApp) return null
  return {
    settings: { ...(to && toPair(to)), ...(isOtherApp && { app }) },
    // A sign-in belongs to the app that it was made with.
    needsSignIn: isOtherApp || (to !== null && needsSignIn(status, connection, to)),
  }
}

/** What an existing connection fills in. */
export function readMailboxValues({ name, settings }: ConnectionSummary): SharedMailboxValues {
  const { mailbox } = settings
  return { name, upn: typeof mailbox === 'string' ? mailbox : '', transport: transportOf(settings), app: appOf({ settings }) }
}
