import { encodeText } from '../../../crypto/base64url.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { OpenCalendar } from './open-calendar.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuv'

/**
 * The id of the event that a key makes: the same key makes the same event. Lower-case base32hex (RFC 4648 section 7), which is all that
 * Google allows. Source: developers.google.com/workspace/calendar/api/v3/reference/events/insert.
 */
export async function eventIdOf({ call, calendarId }: OpenCalendar, idempotencyKey: string): Promise<string> {
  const { tenantId, id, account } = call.connection
  // The main calendar is written down by its own id later on.
  const calendar = calendarId === 'primary' ? (account?.address ?? calendarId) : calendarId
  return toBase32Hex(await call.crypto.sha256(encodeText(JSON.stringify([tenantId, id, calendar, idempotencyKey]))))
}

/** Names a write of an event, and what it asks for. */
export async function markFor({ call }: OpenCalendar, eventId: string, idempotencyKey: string, request: object) {
  const { tenantId, id } = call.connection
  const [write, asked] = await Promise.all(
    [[tenantId, id, eventId, idempotencyKey], request].map((value) => hashText(call.crypto, JSON.stringify(value))),
  )
  return { write: write?.slice(0, 22) ?? '', request: asked?.slice(0, 22) ?? '' }
}

function toBase32Hex(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from(bits.matchAll(/.{1,5}/g), ([five]) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
