import * as z from 'zod/mini'
import type { NewItem } from '../../provider.ts'

const common = {
  /** When it arrived, epoch milliseconds. */
  at: z.number(),
  /** Found by its time and not by its place, so that the host may have been told of it under another name. */
  again: z.boolean(),
}

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('graph'), id: z.string(), thread: z.nullable(z.string()), ...common }),
  z.object({ kind: z.literal('imap'), uidValidity: z.number(), uid: z.number(), ...common }),
])

/** What names a message until it is fetched. */
export type MailRef = z.infer<typeof schema>

export type ImapRef = Extract<MailRef, { kind: 'imap' }>

export const readRef = (text: string): MailRef => schema.parse(JSON.parse(text))

/** The same message has the same name, however it was found. */
export function nameOf(ref: MailRef): string {
  return ref.kind === 'graph' ? `graph:${ref.id}` : `imap:${ref.uidValidity}:${ref.uid}`
}

export function toItem(ref: MailRef): NewItem {
  return { key: `message:${nameOf(ref)}`, occurredAt: ref.at, body: { type: 'message.received', ref: JSON.stringify(ref) } }
}
