import type { Context } from '../context.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import type { TokenRecord } from '../ports/index.ts'
import { tokenContext } from './token-context.ts'

/** An access token for one audience. Epoch milliseconds. */
export interface AccessToken {
  readonly token: string
  readonly expiresAt: number
}

/** What one grant holds at a time: the token of the first audience, and those of others by their names. */
export interface AccessSet {
  readonly first: AccessToken
  readonly others: Readonly<Record<string, AccessToken>>
}

/** No token begins with a line break: it could not be sent. */
const mark = '\n'

/** As the tokens are sealed, all together: one audience is its bare token. */
export function writeAccess({ first, others }: AccessSet): Secret {
  return new Secret(Object.keys(others).length === 0 ? first.token : mark + JSON.stringify({ first: first.token, others }))
}

/** The tokens of a row; `null` when it has none. @throws `secrets_unreadable`, `unavailable` */
export async function openAccess(context: Context, record: TokenRecord): Promise<AccessSet | null> {
  if (record.sealedAccess === null) return null
  const text = revealSecret(await context.envelope.open(tokenContext(record, 'access'), record.sealedAccess))
  const expiresAt = record.accessExpiresAt
  if (!text.startsWith(mark)) return { first: { token: text, expiresAt }, others: {} }
  const kept = JSON.parse(text) as { readonly first: string; readonly others: AccessSet['others'] }
  return { first: { token: kept.first, expiresAt }, others: kept.others }
}

/** The token of an audience; none after the vendor refused the grant's tokens before their end. */
export function accessFor({ first, others }: AccessSet, audience: string | undefined): AccessToken | null {
  if (first.expiresAt === 0) return null
  return audience === undefined ? first : (others[audience] ?? null)
}

/** What is held after a refresh for one audience. */
export function replaceAccess(current: AccessSet | null, audience: string | undefined, made: AccessToken): AccessSet {
  const wasRefused = current?.first.expiresAt === 0
  const others = current === null || wasRefused ? {} : current.others
  if (audience === undefined) return { first: made, others }
  // The first one is asked for anew by whoever needs it next.
  const first = current === null || wasRefused ? { token: current?.first.token ?? '', expiresAt: 1 } : current.first
  return { first, others: { ...others, [audience]: made } }
}
