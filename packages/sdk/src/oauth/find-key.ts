import * as z from 'zod/mini'
import { TenantryError } from '../errors/index.ts'
import type { Clock, Fetch, RsaJwk } from '../ports/index.ts'
import type { KeyFinder } from '../crypto/verify-jwt.ts'
import { readBody } from './read-body.ts'

const jwkSet = z.object({ keys: z.array(z.object({ kid: z.string(), kty: z.string(), n: z.optional(z.string()), e: z.optional(z.string()) })) })

const freshMs = 60 * 60_000
const staleMs = 24 * 60 * 60_000
const retryMs = 60_000

/** A vendor's published keys, fetched once and cached; an unknown key id asks again at most once a minute. */
export function createKeyFinder(options: { readonly url: string; readonly fetch: Fetch; readonly clock: Clock }): KeyFinder {
  let keys = new Map<string, RsaJwk>()
  let fetchedAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null

  const load = async (): Promise<void> => {
    askedAt = options.clock.now()
    const text = await readBody(options.fetch, new Request(options.url, { headers: { accept: 'application/json' } }))
    const parsed = jwkSet.safeParse(text.json)
    if (text.status !== 200 || !parsed.success) throw new TenantryError('unavailable')
    keys = new Map(parsed.data.keys.flatMap(({ kid, kty, n, e }) => (kty === 'RSA' && n !== undefined && e !== undefined ? [[kid, { kid, n, e }]] : [])))
    fetchedAt = options.clock.now()
  }

  const refresh = async (): Promise<void> => {
    running ??= load().finally(() => {
      running = null
    })
    await running
  }

  return async (kid) => {
    const now = options.clock.now()
    const age = now - fetchedAt
    const wanted = age > freshMs || (!keys.has(kid) && now - askedAt > retryMs)
    if (wanted || running !== null) {
      try {
        await refresh()
      } catch (error) {
        // A vendor that does not answer must not undo keys that it published a short while ago.
        if (age > staleMs) throw error
      }
    }
    return keys.get(kid) ?? null
  }
}
