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
export function checkGmailValues({ name, mailbox }: GmailFormValues): readonly FieldFailure[] {
  const wrongAddress = ADDRESS.test(mailbox.trim()) ? [] : [{ field: 'mailbox', code: 'mailbox_invalid' } as const]
  return [...checkName(name), ...wrongAddress]
}

/** The settings of a new connection. */
export function toGmailSettings({ name, mailbox, labelIds, labelMode }: GmailFormValues) {
  return { name: name.trim(), mailbox: mailbox.trim(), labelIds, labelMode }
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
