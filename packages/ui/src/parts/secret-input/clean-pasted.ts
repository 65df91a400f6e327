/** Pasted text without what copying adds: zero-width characters, surrounding quotes, whitespace. */
export interface CleanedText {
  readonly text: string
  readonly changed: boolean
}

// Soft hyphen, zero-width space to right-to-left mark, word joiner, byte order mark.
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
const QUOTES = /^["'`“”„‘’«»]+|["'`“”„‘’«»,;]+$/g
const MASKED = /^[*•●∙·⋅…xX]{3,}$/

/** Cleans a pasted identifier or secret: neither has spaces, quotes or invisible characters in it. */
export function cleanPasted(pasted: string): CleanedText {
  const text = pasted.normalize('NFKC').replaceAll(INVISIBLE, '').replaceAll(/\s+/g, '').replaceAll(QUOTES, '')
  return { text, changed: text !== pasted }
}

/** True for the bullets and stars that other products show in place of a secret. */
export function isMasked(text: string): boolean {
  return MASKED.test(text)
}
