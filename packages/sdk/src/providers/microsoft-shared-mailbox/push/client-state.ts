import { encodeBase64Url, encodeText } from '../../../crypto/base64url.ts'
import { equalBytes } from '../../../crypto/equal-bytes.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { Crypto, Random, SubscriptionRecord } from '../../../ports/index.ts'

/** What Graph repeats in each notification of a subscription: the name of our row, and 32 random bytes; at most 128 characters. */
export function newClientState(random: Random, rowId: string): string {
  return `${rowId}.${encodeBase64Url(random.bytes(32))}`
}

/** The name of the row that a client state claims to belong to; `null` for anything that is none of ours. */
export function rowIdOf(clientState: string): string | null {
  return /^([\da-f-]{36})\.[\w-]{43}$/.exec(clientState)?.[1] ?? null
}

/** Whether it is the one that the row was opened with. Compared whatever is wrong, so that the time tells nothing. */
export async function isClientStateOf(crypto: Crypto, clientState: string, record: SubscriptionRecord | null): Promise<boolean> {
  const hash = await hashText(crypto, clientState)
  const isEqual = equalBytes(encodeText(hash), encodeText(record?.tokenHash ?? ''))
  return isEqual && record !== null
}
