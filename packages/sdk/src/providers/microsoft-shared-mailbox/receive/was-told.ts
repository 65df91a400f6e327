import { hashText } from '../../../oauth/pkce.ts'
import { encodeBase64Url } from '../../../crypto/base64url.ts'
import type { ProviderCall } from '../../provider.ts'
import { nameOf } from './mail-ref.ts'
import type { MailRef } from './mail-ref.ts'

/** How many messages are remembered: more than arrive in the minutes that a search by time goes back too far. */
const places = 256
const headerBytes = 64 * 1024
const fields = ['message-id', 'date', 'from', 'subject']

/**
 * Whether the host was told of a message under another name: a search by time finds again what arrived just before, when the folder was numbered
 * anew or is read another way. The last few messages are remembered by what they say of themselves.
 */
export async function wasTold({ store, connection, crypto }: ProviderCall, ref: MailRef, raw: Uint8Array): Promise<boolean> {
  const digest = await digestOf(crypto, raw)
  const id = `told:${placeOf(digest)}`
  const name = nameOf(ref)
  const { tenantId, id: connectionId } = connection
  if (ref.again) {
    const [row] = await store.items.get(tenantId, connectionId, [id])
    if (row?.version === digest && row.place !== name) return true
  }
  await store.items.put([{ tenantId, connectionId, id, version: digest, place: name, eventId: '', seenIn: '' }])
  return false
}

const placeOf = (digest: string): number => [...digest].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % places, 0)

/** Of four header fields, because Graph and IMAP may differ in the rest; of all bytes where there is no Message-ID. */
async function digestOf(crypto: ProviderCall['crypto'], raw: Uint8Array): Promise<string> {
  // Whatever the bytes mean, each becomes one character.
  const text = new TextDecoder('latin1').decode(raw.subarray(0, headerBytes))
  const header = (/^[\s\S]*?\r?\n\r?\n/.exec(text)?.[0] ?? text).replace(/\r?\n(?=[ \t])/g, '')
  const lines = header.split(/\r?\n/)
  const values = fields.map((name) => lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.replace(/\s+/g, ' ') ?? '')
  return values[0] === '' ? encodeBase64Url(await crypto.sha256(raw)) : hashText(crypto, JSON.stringify(values))
}
