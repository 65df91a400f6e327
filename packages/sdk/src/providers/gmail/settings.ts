import { TenantryError } from '../../errors/index.ts'
import { cleanPaste } from '../../model/clean-paste.ts'

export interface GmailSettings {
  /** The address that has to sign in, in lower case. */
  readonly mailbox: string
  /** Gmail label ids. Default: the inbox. */
  readonly labelIds: readonly string[]
  /** Whether mail with or without these labels is imported. */
  readonly labelMode: 'include' | 'exclude'
  /** Accept another address of the same account, for example an alias. */
  readonly allowAlias: boolean
}

const address = /^[^\s@<>"(),:;\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i
const label = /^[A-Za-z0-9_-]{1,225}$/
const known = ['mailbox', 'labelIds', 'labels', 'labelMode', 'allowAlias']

/** @throws `mailbox_invalid`, `invalid_input` with the field */
export function parseGmailSettings(input: Readonly<Record<string, unknown>>): GmailSettings {
  const unknown = Object.keys(input).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  const mailbox = typeof input['mailbox'] === 'string' ? cleanPaste(input['mailbox']).toLowerCase() : ''
  if (!address.test(mailbox) || mailbox.includes('..')) throw new TenantryError('mailbox_invalid', { field: 'mailbox' })
  const labelIds = input['labelIds'] ?? input['labels'] ?? ['INBOX']
  if (
    !Array.isArray(labelIds) ||
    labelIds.length > 100 ||
    !labelIds.every((id): id is string => typeof id === 'string' && label.test(id))
  ) {
    throw new TenantryError('invalid_input', { field: 'labelIds' })
  }
  const labelMode = input['labelMode'] ?? 'include'
  if (labelMode !== 'include' && labelMode !== 'exclude') throw new TenantryError('invalid_input', { field: 'labelMode' })
  const allowAlias = input['allowAlias'] ?? false
  if (typeof allowAlias !== 'boolean') throw new TenantryError('invalid_input', { field: 'allowAlias' })
  return { mailbox, labelIds: [...new Set(labelIds)], labelMode, allowAlias }
}
