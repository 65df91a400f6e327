/** An address that RFC 5321 can carry without extensions, and the name beside it. */
export interface Recipient {
  readonly name: string | null
  readonly address: string
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const address = new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`)
const withName = /^(?<name>[^<>\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,256}?)\s*<(?<address>[^<>\s]{1,254})>$/u

/**
 * `ann@acme.com` or `Ann <ann@acme.com>`; `null` for anything else: two addresses, quoted or non-ASCII local parts, source routes, line breaks.
 * Source: RFC 5321 section 4.1.2 without Quoted-string and address literals.
 */
export function parseRecipient(input: unknown): Recipient | null {
  if (typeof input !== 'string' || input.length > 600) return null
  const text = input.trim()
  if (isAddress(text)) return { name: null, address: text }
  const found = withName.exec(text)?.groups
  const bare = found?.['address'] ?? ''
  if (!isAddress(bare)) return null
  const name = (found?.['name'] ?? '')
    .trim()
    .replace(/^"(.*)"$/u, '$1')
    .trim()
  // A name that looks like another address would show people the wrong one.
  return name === '' || name.includes('@') || name.includes('"') ? null : { name, address: bare }
}

/** As a message carries it; a name with what has a meaning between addresses in quotes, RFC 5322 section 3.2.4. */
export function writeRecipient({ name, address: bare }: Recipient): string {
  if (name === null) return bare
  return /[()[\]:;,\\]/.test(name) ? `"${name.replaceAll('\\', '\\\\')}" <${bare}>` : `${name} <${bare}>`
}

const isAddress = (text: string): boolean => text.length <= 254 && text.indexOf('@') <= 64 && address.test(text)
