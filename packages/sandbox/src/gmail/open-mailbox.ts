import { ApiError } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Call } from '../http/operation.ts'
import { accountOf, authenticate } from '../oauth/authenticate.ts'
import type { AccountState } from '../state/account-state.ts'
import type { AccessTokenState } from '../state/oauth-state.ts'
import type { World } from '../state/world.ts'

const AUTH = 'https://www.googleapis.com/auth/'
const FULL = ['https://mail.google.com/', `${AUTH}gmail.modify`]

/** Scopes that open a mailbox, by what is done to it. */
export const GMAIL_ACCESS = {
  read: [...FULL, `${AUTH}gmail.readonly`],
  metadata: [...FULL, `${AUTH}gmail.readonly`, `${AUTH}gmail.metadata`],
  labels: [...FULL, `${AUTH}gmail.readonly`, `${AUTH}gmail.metadata`, `${AUTH}gmail.labels`],
  change: FULL,
  delete: ['https://mail.google.com/'],
  send: [...FULL, `${AUTH}gmail.send`],
}

/** The caller's own mailbox. @throws ApiError 401, 403, 400 failedPrecondition */
export function openMailbox(world: World, call: Call, scopes: string[]): { account: AccountState; token: AccessTokenState } {
  const token = authenticate(world, call, 'gmail', scopes)
  const account = accountOf(world, token)
  const userId = param(call, 'userId')
  if (userId !== 'me' && userId.toLowerCase() !== account.address.toLowerCase()) {
    throw new ApiError({ code: 403, status: 'PERMISSION_DENIED', message: `Delegation denied for ${account.address}`, reason: 'forbidden' })
  }
  if (!account.mailbox.enabled)
    throw new ApiError({ code: 400, status: 'FAILED_PRECONDITION', message: 'Mail service not enabled', reason: 'failedPrecondition' })
  return { account, token }
}

/** True when the token may see headers and labels only. */
export function seesMetadataOnly(token: AccessTokenState): boolean {
  return !token.scopes.some((scope) => GMAIL_ACCESS.read.includes(scope))
}

/** What a page token has to be for: this listing, in this mailbox, since page tokens last expired. */
export function pageKind({ subject, mailbox }: AccountState, listing: string): string {
  return `${listing}-of-${subject}-${mailbox.pageTokenGeneration}`
}
