import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'

// As much as an address could be: hiding too much does no harm.
const address = /[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]/]+/g

/** Service accounts are no people, and whoever helps needs their names. */
const serviceAccount = /\.gserviceaccount\.com$/i

export interface Redactor {
  /** The same value with the part in front of each @ replaced by eight hexadecimal digits: equal addresses stay equal, within the tenant. */
  redact(value: unknown): Promise<unknown>
}

/** Takes people out of what goes to whoever helps. The digits come from a key of the tenant's, so that nobody can try addresses. */
export async function createRedactor(context: Context, tenantId: string): Promise<Redactor> {
  const key = await context.envelope.deriveKey(tenantId, 'fingerprint')

  const redactText = async (text: string): Promise<string> => {
    const found = [...new Set(text.match(address) ?? [])].filter((match) => !serviceAccount.test(match))
    const hidden = new Map<string, string>()
    for (const match of found) {
      const digest = await context.crypto.hmacSha256(key, encodeText(`address:${match.toLowerCase()}`))
      const digits = [...digest.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      hidden.set(match, `${digits}@${match.slice(match.lastIndexOf('@') + 1)}`)
    }
    return text.replace(address, (match) => hidden.get(match) ?? match)
  }

  const redact = async (value: unknown): Promise<unknown> => {
    if (typeof value === 'string') return redactText(value)
    if (Array.isArray(value)) return Promise.all(value.map(redact))
    if (typeof value !== 'object' || value === null) return value
    const entries = await Promise.all(Object.entries(value).map(async ([name, inner]) => [name, await redact(inner)] as const))
    return Object.fromEntries(entries)
  }
  return { redact }
}
