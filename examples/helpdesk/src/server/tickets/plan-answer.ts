import type { SendOptions } from '@tenantry/sdk'
import type { MessageRow } from '../database/tables.ts'

/** RFC 5322 section 3.6.4, without what no server writes. Senders choose these ids, and a malformed one would spoil the whole answer. */
const messageIdShape = /^<[\x21-\x3B\x3D\x3F-\x7E]{1,900}>$/
/** The thread's beginning and what was said last; mail servers cut longer lists. */
const [mostOfBeginning, mostOfEnd] = [1, 50]
const longestSubject = 900

/** The message that answers the last of these, oldest first, in the thread that they make. */
export function planAnswer(messages: readonly MessageRow[], text: string): SendOptions['message'] {
  const ids = messages.flatMap(({ message_id: id }) => (id !== null && messageIdShape.test(id) ? [id] : []))
  const inReplyTo = ids.at(-1)
  const subject = oneLine(messages[0]?.subject ?? '')
  return {
    to: [messages.findLast(({ own }) => !own)?.answer_to ?? ''],
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    text,
    ...(inReplyTo !== undefined && { inReplyTo, references: cut(ids) }),
  }
}

const cut = (ids: readonly string[]): string[] =>
  ids.length <= mostOfBeginning + mostOfEnd ? [...ids] : [...ids.slice(0, mostOfBeginning), ...ids.slice(-mostOfEnd)]

/** A subject is another's text, and becomes a header of ours. */
const oneLine = (subject: string): string =>
  subject
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longestSubject)
