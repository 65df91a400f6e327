import { findAccessToken } from '../entra/tokens.ts'
import { findBy } from '../../state/find-by.ts'
import type { World } from '../../state/world.ts'
import { findRecipient, hasMailbox, lookUp } from '../find.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import type { MailSignIn, MailSignInResult } from '../world/microsoft-world.ts'
import { rightsOf } from './rights.ts'

/** These belong to Outlook, so a token of Graph has none of them. */
const SCOPE = { imap: 'IMAP.AccessAsUser.All', smtp: 'SMTP.Send' }

/**
 * What a mail server may do for who presents this token. IMAP names the mailbox, SMTP the person whose token it is.
 * `reason` is how Exchange words a refusal: `auth_failed` or `not_connected` (IMAP), `5.7.3` or `5.7.139` (SMTP).
 */
export function checkMailSignIn(world: World, { protocol, user, token }: MailSignIn): MailSignInResult {
  const access = findAccessToken(world, token)
  const dead = access === undefined || access.expiresAt <= world.clock.now() || access.oid === null
  if (dead || !access.permissions.includes(SCOPE[protocol])) return refused(protocol === 'imap' ? 'auth_failed' : '5.7.3')
  const person = findRecipient(world, access.oid ?? '')
  const found = lookUp(world, user)
  const mailbox = found?.directoryId === person.directoryId ? found : undefined
  const mayAuthenticateSmtp = isSmtpOn(world, person)
  const mailboxAllowed = mailbox !== undefined && hasMailbox(mailbox) && mailbox.imap && rightsOf(mailbox, person).fullAccess
  return {
    active: true,
    user: person.address,
    mailboxAllowed,
    mayAuthenticateSmtp,
    sendAs: listSenders(world, person),
    reason: protocol === 'imap' ? reasonOfImap(mailbox, mailboxAllowed) : reasonOfSmtp(person, user, mayAuthenticateSmtp),
  }
}

/** Addresses that may stand in From. */
function listSenders(world: World, person: RecipientState): string[] {
  const { recipients } = world.state.microsoft
  const near = recipients.filter(({ directoryId, removed }) => directoryId === person.directoryId && !removed)
  return near.filter((owner) => rightsOf(owner, person).sendAs || rightsOf(owner, person).sendOnBehalf).map(({ address }) => address)
}

/** Who is signed in well but may not open the mailbox hears it only at the next command. */
function reasonOfImap(mailbox: RecipientState | undefined, allowed: boolean): string | null {
  if (allowed) return null
  return mailbox === undefined ? 'auth_failed' : 'not_connected'
}

function reasonOfSmtp(person: RecipientState, user: string, on: boolean): string | null {
  if (person.address !== user.toLowerCase()) return '5.7.3'
  return on ? null : '5.7.139'
}

function isSmtpOn(world: World, { smtpAuth, directoryId }: RecipientState): boolean {
  return smtpAuth ?? findBy(world.state.microsoft.directories, 'directoryId', directoryId)?.smtpAuth ?? false
}

function refused(reason: string): MailSignInResult {
  return { active: false, user: null, mailboxAllowed: false, mayAuthenticateSmtp: false, sendAs: [], reason }
}
