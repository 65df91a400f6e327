import { TenantryError } from '../../errors/index.ts'
import { cleanPaste } from '../../model/clean-paste.ts'
import { neverInbound } from './is-wanted.ts'

export interface GmailSettings {
  /** The address that has to sign in, in lower case. */
  readonly mailbox: string
  /** Gmail labels by id or, until the first subscription has looked them up, by name. Default: the inbox. */
  readonly labelIds: readonly string[]
  /** Whether mail with or without these labels is imported. */
  readonly labelMode: 'include' | 'exclude'
  /** Accept another address of the same account, for example an alias. */
  readonly allowAlias: boolean
}

const address = /^[^\s@<>"(),:;\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i
/** Gmail takes any text of up to 225 characters as a name; slashes nest. Control characters only come from broken input. */
const label = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,225}$/u
const known = ['mailbox', 'labelIds', 'labels', 'labelMode', 'allowAlias']

/** Settings as somebody wants them; a rule that no mail could ever fit would look well and import nothing. @throws `mailbox_invalid`, `invalid_input` with the field */
export function parseGmailInput(input: Readonly<Record<string, unknown>>): GmailSettings {
  const settings = parseGmailSettings(input)
  const { labelIds, labelMode } = settings
  if (labelMode === 'include' && labelIds.every((label) => neverInbound.includes(label)))
    throw new TenantryError('invalid_input', { field: 'labelIds' })
  return settings
}

/** @throws `mailbox_invalid`, `invalid_input` with the field */
export function parseGmailSettings(input: Readonly<Record<string, unknown>>): GmailSettings {
  const unknown = Object.keys(input).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new TenantryError('invalid_input', { field: 'settings' })
  const mailbox = typeof input['mailbox'] === 'string' ? cleanPaste(input['mailbox']).toLowerCase() : ''
  if (!address.test(mailbox) || mailbox.includes('..')) throw new TenantryError('mailbox_invalid', { field: 'mailbox' })
  const labelIds = parseLabels(input['labelIds'] ?? input['labels'] ?? ['INBOX'])
  const labelMode = input['labelMode'] ?? 'include'
  if (labelMode !== 'include' && labelMode !== 'exclude') throw new TenantryError('invalid_input', { field: 'labelMode' })
  const allowAlias = input['allowAlias'] ?? false
  if (typeof allowAlias !== 'boolean') throw new TenantryError('invalid_input', { field: 'allowAlias' })
  return { mailbox, labelIds, labelMode, allowAlias }
}

function parseLabels(input: unknown): readonly string[] {
  const labels = Array.isArray(input) ? input.map((entry) => (typeof entry === 'string' ? entry.trim() : entry)) : null
  if (labels === null || labels.length > 100 || !labels.every((entry): entry is string => typeof entry === 'string' && label.test(entry)))
    throw new TenantryError('invalid_input', { field: 'labelIds' })
  return [...new Set(labels)]
}
