import type { FieldFailure } from '@tenantry/sdk/errors'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { checkName } from '../../elements/connection-form/index.ts'

/** What the form holds. Fields that a host adds stand beside these. */
export interface GmailFormValues {
  name: string
  mailbox: string
  /** Gmail label IDs, such as `INBOX`. */
  labelIds: string[]
  labelMode: 'include' | 'exclude'
}

export const emptyGmailValues: GmailFormValues = { name: '', mailbox: '', labelIds: ['INBOX'], labelMode: 'include' }

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/

/** What is wrong with the values, field by field. */
export function checkGmailValues({ name, mailbox, labelIds, labelMode }: GmailFormValues): readonly FieldFailure[] {
  const wrongAddress = ADDRESS.test(mailbox.trim()) ? [] : [{ field: 'mailbox', code: 'mailbox_invalid' } as const]
  // Mail without any of no labels is all mail; mail with one of no labels is none.
  const noLabels = labelIds.length === 0 && labelMode === 'include' ? [{ field: 'labelIds', code: 'invalid_input' } as const] : []
  return [...checkName(name), ...wrongAddress, ...noLabels]
}

/** The settings of a new connection. */
export function toGmailSettings({ name, mailbox, labelIds, labelMode }: GmailFormValues) {
  return { name: name.trim(), mailbox: mailbox.trim(), labelIds, labelMode }
}

/** The label rule as far as it differs from the connection's. */
export function toLabelChanges({ labelIds, labelMode }: GmailFormValues, connection: ConnectionSummary) {
  const before = readGmailValues(connection)
  const isSame = labelMode === before.labelMode && labelIds.toSorted().join(' ') === before.labelIds.toSorted().join(' ')
  return isSame ? undefined : { labelIds, labelMode }
}

/** What an existing connection fills in. */
export function readGmailValues({ name, address, settings }: ConnectionSummary): GmailFormValues {
  const { mailbox, labelIds, labelMode } = settings
  return {
    name,
    mailbox: address ?? (typeof mailbox === 'string' ? mailbox : ''),
    labelIds: Array.isArray(labelIds) ? labelIds.filter((id) => typeof id === 'string') : emptyGmailValues.labelIds,
    labelMode: labelMode === 'exclude' ? 'exclude' : 'include',
  }
}
