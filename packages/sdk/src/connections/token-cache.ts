import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'

/** An access token in hand, of a version of the grant. Times are epoch milliseconds. */
export interface HeldToken {
  readonly tenantId: string
  readonly version: number
  readonly token: string
  /** Until when it is handed out without looking at the store. */
  readonly until: number
}

/** Shorter than what a token that is handed out still lives, and how long another process may go on with one that was ended. */
export const holdMs = 30_000

const most = 10_000
const caches = new WeakMap<Context, Map<string, HeldToken>>()

/** By the life of the connection and by who signed in too, so that a token of an earlier one is never found. */
const keyOf = ({ tenantId, id, generation, account }: Connection, audience: string | undefined): string =>
  JSON.stringify([tenantId, id, generation, account?.subject ?? null, audience ?? null])

function cacheOf(context: Context): Map<string, HeldToken> {
  const known = caches.get(context) ?? new Map<string, HeldToken>()
  caches.set(context, known)
  return known
}

export function heldToken(context: Context, connection: Connection, audience?: string): HeldToken | null {
  const held = cacheOf(context).get(keyOf(connection, audience))
  // Asked again of the value itself: a mistake in the key must not hand a tenant another's token.
  return held !== undefined && held.tenantId === connection.tenantId && held.until > context.clock.now() ? held : null
}

export function holdToken(context: Context, connection: Connection, held: Omit<HeldToken, 'tenantId'>, audience?: string): void {
  const cache = cacheOf(context)
  const key = keyOf(connection, audience)
  // Put at the end, so that the first is the one that was refreshed longest ago.
  cache.delete(key)
  cache.set(key, { ...held, tenantId: connection.tenantId })
  const [first] = cache.keys()
  if (cache.size > most && first !== undefined) cache.delete(first)
}

export function dropToken(context: Context, connection: Connection, audience?: string): void {
  cacheOf(context).delete(keyOf(connection, audience))
}
