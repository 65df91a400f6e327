import type { MailChoice } from '../../model/mail-choices.ts'

/** The API that has them all in a registration: those of IMAP and SMTP stand under it too, although their tokens are for Outlook. */
export const graphApi = { name: 'Microsoft Graph', appId: '00000003-0000-0000-c000-000000000000' } as const

/** What tells who signed in, and keeps the sign-in alive. */
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const

/** Of an app that acts for itself; which mailboxes it reaches is limited in Exchange. */
const application = ['Mail.ReadWrite', 'Mail.Send'] as const

/**
 * The permissions that an app registration lists for a choice. Sources: learn.microsoft.com/graph/permissions-reference; learn.microsoft.com, "Authenticate
 * an IMAP, POP or SMTP connection using OAuth".
 */
export function permissionsOf({ grant, audiences }: MailChoice): readonly string[] {
  if (grant === 'app') return application
  return [...new Set([...audiences.flatMap(({ scopes }) => scopes), ...identityScopes])]
}
