import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { checkName } from '../../elements/connection-form/index.ts'
import { toPair, transportOf } from './transport.ts'
import type { MsTransport } from './transport.ts'

/** What the form holds. Fields that a host adds stand beside these. */
export interface SharedMailboxValues {
  name: string
  /** Address of the shared mailbox. */
  upn: string
  /** `null`: a way that the form does not offer. */
  transport: MsTransport | null
}

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/

/** What is wrong with the values, field by field. */
export function checkMailboxValues({ name, upn, transport }: SharedMailboxValues, isNew: boolean): readonly FieldFailure[] {
  const wrongAddress = ADDRESS.test(upn.trim()) ? [] : [{ field: 'upn', code: 'mailbox_invalid' } as const]
  const noWay = isNew && transport === null ? [{ field: 'transport', code: 'invalid_input' } as const] : []
  return [...checkName(name), ...wrongAddress, ...noWay]
}

/** The settings of a new connection. */
export function toMailboxSettings({ name, upn, transport }: SharedMailboxValues) {
  return { name: name.trim(), mailbox: upn.trim(), ...(transport && toPair(transport)) }
}

/** Another way to send and receive, where one was chosen. */
export function readSwitch({ transport }: SharedMailboxValues, { settings }: ConnectionSummary): MsTransport | null {
  return transport === null || transport === transportOf(settings) ? null : transport
}

/** What an existing connection fills in. */
export function readMailboxValues({ name, settings }: ConnectionSummary): SharedMailboxValues {
  const { mailbox } = settings
  return { name, upn: typeof mailbox === 'string' ? mailbox : '', transport: transportOf(settings) }
}
