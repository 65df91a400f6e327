import { inPieces } from '../connections/in-pieces.ts'
import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { DataKeyPlace, DataKeyRecord } from '../ports/index.ts'
import { formatPlace, parsePlace } from './key-place.ts'
import { checkKey, rotateKey } from './rotate-key.ts'

export interface RotateKeysOptions {
  /** Begin no more after this long, in milliseconds. Default 10 000. */
  readonly budgetMs?: number
  /** `next` of the call before; without it, from the first one that is left. */
  readonly after?: string | null
  /** Change nothing, and unwrap every data key, those of the primary key too. Default `false`. */
  readonly verify?: boolean
}

/** A data key that could not be unwrapped, or not be wrapped anew. It was left as it is. */
export interface UnreadableKey {
  readonly tenantId: string
  /** The key-encryption key that wraps it. */
  readonly keyId: string
  /** `secrets_unreadable`: that key is gone, or the row was altered. `unavailable`: the key provider did not answer; call again. */
  readonly reason: ErrorCode
}

/** What a key-encryption key wraps. */
export interface WrappingKey {
  readonly keyId: string
  readonly isPrimary: boolean
  readonly dataKeys: number
}

export interface RotatedKeys {
  /** How many this call looked at. */
  readonly checked: number
  /** How many it wrapped with the primary key. */
  readonly rotated: number
  /** How many it could not read. */
  readonly unreadable: number
  /** The first hundred of these. */
  readonly failures: readonly UnreadableKey[]
  /** How many another key than the primary still wraps, counted at the end. With 0 no other key is needed any more. */
  readonly remaining: number
  /** What each key wraps, counted at the end: one that is not listed wraps nothing, and can be taken away. */
  readonly keys: readonly WrappingKey[]
  /** Where the next call goes on (`after`); `null` when all were looked at. */
  readonly next: string | null
}

const pageSize = 40
const mostFailures = 100
const mostKeys = 1_000

const start: DataKeyPlace = { tenantId: '', id: '' }

/**
 * Wraps every tenant's data key with the primary key of the key provider, where another one wraps it. What is sealed with a data key stays untouched, and every
 * process goes on. It can be interrupted at any moment and called again, by several processes at once: what is done is not looked at again. A data key that
 * cannot be read holds up no other. The host calls it; nobody is asked. @throws `unavailable` of the store, `invalid_input` for an `after` that is not one
 *
 * @example
 * let after: string | null = null
 * do {
 *   const { next } = await sdk.secrets.rotateKeys({ after })
 *   after = next
 * } while (after !== null)
 */
export async function rotateKeys(context: Context, options: RotateKeysOptions = {}): Promise<RotatedKeys> {
  const { budgetMs = 10_000, after = null, verify = false } = options
  const from = after === null ? null : parsePlace(after)
  const startedAt = context.clock.now()
  const total = { checked: 0, rotated: 0, unreadable: 0 }
  const failures: UnreadableKey[] = []

  /** @returns whether the key provider answered for any of them */
  const workOn = async (page: readonly DataKeyRecord[]): Promise<boolean> => {
    const outcomes = await inPieces(page, (record) => (verify ? checkKey : rotateKey)(context, record))
    let answered = false
    for (const [at, { tenantId, keyId }] of page.entries()) {
      const outcome = outcomes[at]
      total.checked += 1
      if (outcome?.is === 'rotated') total.rotated += 1
      answered ||= outcome?.is !== 'unreadable' || outcome.reason !== 'unavailable'
      if (outcome?.is !== 'unreadable') continue
      total.unreadable += 1
      if (failures.length < mostFailures) failures.push({ tenantId, keyId, reason: outcome.reason })
    }
    return answered
  }

  const walk = async (): Promise<string | null> => {
    const primaryKeyId = context.envelope.primaryKeyId()
    const keyIds = (await context.store.dataKeys.tally(mostKeys)).map(({ keyId }) => keyId)
    for (const keyId of keyIds.toSorted()) {
      if ((keyId === primaryKeyId && !verify) || (from !== null && keyId < from.keyId)) continue
      let place: DataKeyPlace = from?.keyId === keyId ? from : start
      for (let isWhole = true; isWhole;) {
        if (total.checked > 0 && context.clock.now() - startedAt > budgetMs) return formatPlace({ keyId, ...place })
        const page = await context.store.dataKeys.listWrappedBy(keyId, place, pageSize)
        // A key that answers for nobody is asked no more, and the next one is.
        isWhole = (await workOn(page)) && page.length === pageSize
        place = page.at(-1) ?? place
      }
    }
    return null
  }

  const next = await walk()
  const primaryKeyId = context.envelope.primaryKeyId()
  const tallies = await context.store.dataKeys.tally(mostKeys)
  const keys = tallies.map(({ keyId, dataKeys }) => ({ keyId, isPrimary: keyId === primaryKeyId, dataKeys }))
  const remaining = keys.reduce((sum, { isPrimary, dataKeys }) => sum + (isPrimary ? 0 : dataKeys), 0)
  context.logger.log(total.unreadable > 0 ? 'warn' : 'info', 'keys.rotated', { ...total, remaining })
  return { ...total, failures, remaining, keys, next }
}
