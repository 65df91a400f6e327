import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import { checkName } from '../../elements/connection-form/index.ts'
import { needsSignIn, takesOversize, toPair, transportOf } from './transport.ts'
import type { MsTransport, Oversize } from './transport.ts'

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
  /** What becomes of a message that Microsoft Graph does not take; default `refuse`. `smtp` holds only where the way has it. */
  oversize: Oversize
}

type Status = Pick<MicrosoftSetupStatus, 'offers'> | undefined

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/

/** What is wrong with the values, field by field. */
export function checkMailboxValues({ name, upn, transport, app }: SharedMailboxValues, isNew: boolean): readonly FieldFailure[] {
  const wrongAddress = ADDRESS.test(upn.trim()) ? [] : [{ field: 'upn', code: 'mailbox_invalid' } as const]
  const noWay = isNew && transport === null ? [{ field: 'transport', code: 'invalid_input' } as const] : []
  const wrongApp = app === 'host' && transport === 'graph_webhook' ? [{ field: 'app', code: 'host_app_not_for_webhook' } as const] : []
  return [...checkName(name), ...wrongAddress, ...noWay, ...wrongApp]
}

/** The settings of a new connection. */
export function toMailboxSettings(values: SharedMailboxValues, status: Status) {
  const { name, upn, transport, app } = values
  const oversize = readOversize(values, status)
  return {
    name: name.trim(),
    mailbox: upn.trim(),
    ...(transport && toPair(transport)),
    ...(app === 'host' && { app }),
    ...(oversize === 'smtp' && { oversize }),
  }
}

/** The app that a connection is pinned to. */
export function appOf({ settings }: Pick<ConnectionSummary, 'settings'>): WhoseApp {
  return settings['app'] === 'host' ? 'host' : 'own'
}

/** What a connection does with a message that Graph does not take. */
export function oversizeOf({ settings }: Pick<ConnectionSummary, 'settings'>): Oversize {
  return settings['oversize'] === 'smtp' ? 'smtp' : 'refuse'
}

/** What holds of what was chosen: a way that cannot have it drops it, unless it is in force there. */
export function readOversize(
  { transport, oversize }: Pick<SharedMailboxValues, 'transport' | 'oversize'>,
  status: Status,
  connection?: Pick<ConnectionSummary, 'settings'>,
): Oversize {
  const isInForce = connection !== undefined && oversizeOf(connection) === 'smtp' && transport === transportOf(connection.settings)
  return isInForce || takesOversize(status, transport) ? oversize : 'refuse'
}

/** What was chosen otherwise than a connection has it, as the server calls it, and whether that takes another sign-in; `null`: nothing. */
export function readSwitch(
  values: Pick<SharedMailboxValues, 'transport' | 'app' | 'oversize'>,
  connection: Pick<ConnectionSummary, 'settings'>,
  status: Status,
) {
  const { transport, app } = values
  const to = transport === transportOf(connection.settings) ? null : transport
  const isOtherApp = app !== appOf(connection)
  const oversize = readOversize(values, status, connection)
  const isOtherOversize = oversize !== oversizeOf(connection)
  if (to === null && !isOtherApp && !isOtherOversize) return null
  return {
    settings: { ...(to && toPair(to)), ...(isOtherApp && { app }), ...(isOtherOversize && { oversize }) },
    // A sign-in belongs to the app that it was made with.
    needsSignIn: isOtherApp || (transport !== null && needsSignIn(status, connection, transport, oversize)),
  }
}

/** What an existing connection fills in. */
export function readMailboxValues({ name, settings }: ConnectionSummary): SharedMailboxValues {
  const { mailbox } = settings
  return {
    name,
    upn: typeof mailbox === 'string' ? mailbox : '',
    transport: transportOf(settings),
    app: appOf({ settings }),
    oversize: oversizeOf({ settings }),
  }
}
