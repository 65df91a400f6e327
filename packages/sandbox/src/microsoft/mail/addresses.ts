import { headerOf } from '../../gmail/mime.ts'
import type { MimePart } from '../../gmail/mime.ts'

export interface NamedAddress {
  name: string
  /** Lower case. */
  address: string
}

const ENTRY = /(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,;"<])+/g

/** The addresses of a header field. */
export function addressesIn(head: MimePart, field: string): NamedAddress[] {
  return (headerOf(head, field).match(ENTRY) ?? []).flatMap(readAddress)
}

function readAddress(entry: string): NamedAddress[] {
  const angle = /<([^<>]*)>\s*$/.exec(entry)
  const address = (angle?.[1] ?? entry).trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return []
  const name = angle
    ? entry
        .slice(0, angle.index)
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replace(/\\(.)/g, '$1')
    : address
  return [{ name: name || address, address }]
}
