import { TenantryError } from '../../errors/index.ts'
import { hashText } from '../../oauth/pkce.ts'
import type { Crypto } from '../../ports/index.ts'

/** What a sync token holds for: raise it when the parameters of the listing change. */
const parameters = 'v1 singleEvents=false showDeleted=true'

/** A sync token with a digest of what it was given for, because with other parameters, or for another calendar, it would leave changes out. */
export async function writeCursor(crypto: Crypto, calendarId: string, syncToken: string): Promise<string> {
  return `${await digest(crypto, calendarId)} ${syncToken}`
}

/** @throws `cursor_expired` when the token was given for something else */
export async function readCursor(crypto: Crypto, calendarId: string, cursor: string): Promise<string> {
  const place = cursor.indexOf(' ')
  if (cursor.slice(0, place) !== (await digest(crypto, calendarId))) throw new TenantryError('cursor_expired')
  return cursor.slice(place + 1)
}

async function digest(crypto: Crypto, calendarId: string): Promise<string> {
  return (await hashText(crypto, JSON.stringify([parameters, calendarId]))).slice(0, 12)
}
