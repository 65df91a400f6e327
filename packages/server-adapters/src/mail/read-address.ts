import { domainToASCII } from 'node:url'
import parseAddresses from 'nodemailer/lib/addressparser'

/** RFC 5321: without quoted local parts, which nobody's mailbox has, and without SMTPUTF8, which Exchange does not offer. */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

const domain = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/

/** A plain address with an ASCII domain, or `null`. */
export function readPlainAddress(text: string): string | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const host = domainToASCII(text.slice(at + 1))
  return local.length <= 64 && localPart.test(local) && host.length <= 253 && domain.test(host) ? `${local}@${host}` : null
}

/** `ann@acme.com` or `Ann <ann@acme.com>`: exactly one, no group, no list. */
export function readAddress(text: string): { readonly name: string; readonly address: string } | null {
  const [first, ...others] = parseAddresses(text)
  if (first === undefined || others.length > 0 || ('group' in first && first.group !== undefined)) return null
  const address = readPlainAddress(first.address ?? '')
  return address === null ? null : { name: first.name, address }
}
