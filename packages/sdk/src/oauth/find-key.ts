import * as z from 'zod/mini'
import { TenantryError } from '../errors/index.ts'
import type { Clock, Fetch, RsaJwk } from '../ports/index.ts'
import type { KeyFinder } from '../crypto/verify-jwt.ts'
import { readBody } from './read-body.ts'

const jwkSet = z.object({
  keys: z.array(z.object({ kid: z.string(), kty: z.string(), n: z.optional(z.string()), e: z.optional(z.string()) })),
})

const freshMs = 60 * 60_000
const staleMs = 24 * 60 * 60_000
const retryMs = 60_000

/**
 * A vendor's published keys, fetched once and cached. An unknown key id, like a vendor that does not answer, causes one question a minute at
 * most; keys outlive such an outage for a day.
 */
export function createKeyFinder(options: { readonly url: string; readonly fetch: Fetch; readonly clock: Clock }): KeyFinder {
  let keys = new Map<string, RsaJwk>()
  let fetchedAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let failed = false
  let running: Promise<void> | null = null

  const load = async (): Promise<void> => {
    askedAt = options.clock.now()
    const answer = await ask(options)
    failed = answer === null
    if (answer === null) return
    keys = answer
    fetchedAt = options.clock.now()
  }

  const refresh = (): Promise<void> => {
    running ??= load().finally(() => {
      running = null
    })
    return running
  }

  return async (kid) => {
    const now = options.clock.now()
    const isKnown = () => keys.has(kid) && now - fetchedAt <= staleMs
    const isDue = (!isKnown() || now - fetchedAt > freshMs) && now - askedAt > retryMs
    if (isDue || (running !== null && !isKnown())) await refresh()
    // Who could not be asked has not said that there is no such key.
    if (failed && !isKnown()) throw new TenantryError('unavailable')
    return keys.get(kid) ?? null
  }
}

/** `null` when no usable answer came. */
async function ask({ url, fetch }: { readonly url: string; readonly fetch: Fetch }): Promise<Map<string, RsaJwk> | null> {
  try {
    const { status, json } = await readBody(fetch, new Request(url, { headers: { accept: 'application/json' } }))
    const parsed = jwkSet.safeParse(json)
    if (status !== 200 || !parsed.success) return null
    return new Map(
      parsed.data.keys.flatMap(({ kid, kty, n, e }) => (kty === 'RSA' && n !== undefined && e !== undefined ? [[kid, { kid, n, e }]] : [])),
    )
  } catch (error) {
    if (error instanceof TenantryError) return null
    throw error
  }
}
