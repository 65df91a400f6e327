import type { Address } from 'postal-mime'
import type { MailAddress } from '../model/events.ts'
import { cleanLine } from './clean-text.ts'

// Gmail delivers to at most 2,000 recipients at once; a longer list is no list of people to answer.
const maxAddresses = 2000

// The parser takes a whole phrase for an address if there is no better, and drops the quotes that made one `@` of two the real one.
const addressPattern = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),;\\]+$/

/** The addresses of fields of one name, groups by their members, at most 2,000. Text that only looks like one is left out. */
export function readAddresses(values: readonly string[], parse: (value: string) => readonly Address[]): MailAddress[] {
  const found: MailAddress[] = []
  for (const entry of values.flatMap((value) => parse(value))) {
    for (const { name, address } of entry.group ?? [entry]) {
      if (found.length >= maxAddresses) return found
      const clean = cleanLine(address ?? '')
      if (addressPattern.test(clean)) found.push({ name: cleanLine(name), address: clean })
    }
  }
  return found
}
