import type { SentFromMailbox } from '@tenantry/sdk'
import type { Death } from '../mortal.ts'

/** What a mail worker is asked to do, one line of JSON; many may run at once. */
export type MailOrder = { readonly id: number; readonly aheadMs: number } & (
  | { readonly work: 'send'; readonly connectionId: string; readonly key: string; readonly death: Death | null }
  /** Ticks and listens from here on. */
  | { readonly work: 'start' }
)

/** How an order ended: what was sent, nothing, or a code. */
export type MailAnswer = { readonly sent: SentFromMailbox } | { readonly started: true } | { readonly code: string }

/** What a mail worker says, one line of JSON. */
export type MailWord = { readonly said: 'ready' } | { readonly said: 'answer'; readonly id: number; readonly answer: MailAnswer }

/** The message of a key: the same key always sends the same. */
export const messageOf = (key: string) => ({ to: ['ann@customer.test'], subject: key, text: `Hello, this is ${key}.` })
