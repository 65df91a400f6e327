import type { MessageReceived } from '../model/events.ts'
import type { HeaderSection } from './read-headers.ts'

/**
 * Whether a machine wrote the mail, by its own account: `reply` for automatic answers (RFC 3834), `generated` for reports, bounces and
 * whatever asks for no automatic answer (MS-OXCMAIL `X-Auto-Response-Suppress`), `bulk` for lists and campaigns (RFC 2919, RFC 2369).
 * The first that fits, in this order.
 */
export function readAutomatic(headers: HeaderSection): MessageReceived['message']['automatic'] {
  const submitted = headers.all('auto-submitted').map(keyword)
  const precedence = headers.all('precedence').map(keyword)
  const suppressed = headers.all('x-auto-response-suppress').flatMap((value) => value.toLowerCase().split(/[\s,;]+/))

  if (submitted.includes('auto-replied')) return 'reply'
  if (precedence.some((word) => word === 'auto_reply' || word === 'auto-reply')) return 'reply'
  if (['x-autoreply', 'x-autorespond'].some((name) => headers.all(name).some((value) => !isNo(keyword(value))))) return 'reply'

  if (submitted.some((word) => word !== 'no' && word !== '')) return 'generated'
  // The envelope of a bounce has no sender, so that nothing answers it (RFC 5321 section 4.5.5).
  if (headers.all('return-path').some((value) => value.replace(/\s/g, '') === '<>')) return 'generated'
  if (suppressed.some((word) => word === 'all' || word === 'autoreply' || word === 'oof')) return 'generated'

  if (precedence.some((word) => word === 'bulk' || word === 'list' || word === 'junk')) return 'bulk'
  return ['list-id', 'list-unsubscribe', 'feedback-id'].some((name) => headers.first(name) !== null) ? 'bulk' : null
}

/** The first word of a value, without comments and parameters. */
const keyword = (value: string): string =>
  value
    .replace(/\([^()]*\)/g, ' ')
    .trim()
    .toLowerCase()
    .split(/[\s;,]/)[0] ?? ''

const isNo = (word: string): boolean => word === 'no' || word === 'false' || word === '0'
