import type { MailboxState, MessageState } from '../state/account-state.ts'
import { headerOf, textOf } from './mime.ts'
import { readHead, readWhole } from './stored-mail.ts'

/** The messages that match Gmail's `q`, label ids, and the rule that spam and trash stay hidden; newest first. */
export function searchMessages(
  mailbox: MailboxState,
  search: { q: string; labelIds: string[]; includeSpamTrash: boolean },
): MessageState[] {
  const terms = search.q.match(/(?:[^\s"]+|"[^"]*")+/g) ?? []
  const hidden = (message: MessageState) =>
    !search.includeSpamTrash && message.labelIds.some((label) => label === 'SPAM' || label === 'TRASH')
  return mailbox.messages
    .filter((message) => search.labelIds.every((label) => message.labelIds.includes(label)))
    .filter((message) => !hidden(message) || terms.some((term) => /^in:(anywhere|spam|trash)$/i.test(term)))
    .filter((message) => terms.every((term) => matches(mailbox, message, term)))
    .toReversed()
}

function matches(mailbox: MailboxState, message: MessageState, term: string): boolean {
  if (term.startsWith('-')) return !matches(mailbox, message, term.slice(1))
  const at = term.indexOf(':')
  const field = at > 0 ? term.slice(0, at).toLowerCase() : ''
  const value = term
    .slice(at + 1)
    .replaceAll('"', '')
    .toLowerCase()
  switch (field) {
    case 'after':
      return message.internalDate >= readTime(value)
    case 'before':
      return message.internalDate < readTime(value)
    case 'from':
    case 'to':
    case 'subject':
      return headerOf(readHead(message), field).toLowerCase().includes(value)
    case 'rfc822msgid':
      return headerOf(readHead(message), 'message-id').toLowerCase().replace(/[<>]/g, '') === value.replace(/[<>]/g, '')
    case 'in':
    case 'is':
    case 'label':
      return value === 'anywhere' || hasLabel(mailbox, message, value)
    default: {
      const mail = readWhole(message)
      return `${headerOf(mail, 'subject')} ${textOf(mail)}`.toLowerCase().includes(term.replaceAll('"', '').toLowerCase())
    }
  }
}

function hasLabel(mailbox: MailboxState, message: MessageState, name: string): boolean {
  return mailbox.labels.some(
    (label) => message.labelIds.includes(label.id) && [label.id, label.name].some((known) => known.toLowerCase() === name),
  )
}

/** `after:` and `before:` take epoch seconds or a date. */
function readTime(value: string): number {
  return /^\d{9,}$/.test(value) ? Number(value) * 1000 : Date.parse(`${value.replaceAll('/', '-')}T00:00:00Z`)
}
