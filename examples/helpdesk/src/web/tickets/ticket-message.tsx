import type { TicketMessage as Message } from '../../server/database/list-tickets.ts'
import { usePreferences, useWords } from '../preferences.tsx'

/** A mail as text: whatever HTML it had was never stored. */
export function TicketMessage({ message }: { message: Message }) {
  const t = useWords()
  const { locale } = usePreferences()
  const { own, from, text, sentAt } = message
  const sent = new Date(sentAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className="message" data-own={own || undefined}>
      <header>
        <strong>{from.name || from.address || t.noSender}</strong>
        {from.name !== '' && from.address && <span className="quiet">&lt;{from.address}&gt;</span>}
        {own && <span className="sent-from-here">{t.sentFromHere}</span>}
        <time dateTime={sentAt}>{sent}</time>
      </header>
      {text ? <p className="text">{text}</p> : <p className="quiet">{t.noText}</p>}
    </li>
  )
}
