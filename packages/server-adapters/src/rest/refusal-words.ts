import * as z from 'zod/mini'

/** What a vendor says when it refuses: the machine's word, and everything else that helps to classify. */
export interface RefusalWords {
  readonly reason: string | undefined
  readonly message: string | undefined
  /** What the vendor calls the request, as it came. */
  readonly requestId?: string | undefined
}

/** Reads a refusal's body, which is `undefined` when it is not JSON. */
export type ReadRefusal = (json: unknown, headers: Headers) => RefusalWords

/** What has another form counts as absent: a refusal is a refusal, however it is told. */
export const lenientText = z.catch(z.optional(z.string()), undefined)

/** The first word is the reason; all of them stand before the text, which is cut when it is long. */
export function chooseWords(candidates: readonly (string | undefined)[], message: string | undefined): RefusalWords {
  const words = [...new Set(candidates.filter(isWord))]
  const told = [...words, ...(message === undefined ? [] : [message])].join(' ')
  return { reason: words[0], message: told === '' ? undefined : told }
}

/** Reasons are logged, so only what cannot be a secret or a sentence passes. */
function isWord(candidate: string | undefined): candidate is string {
  return candidate !== undefined && /^[A-Za-z][A-Za-z0-9_./-]{0,63}$/.test(candidate)
}
