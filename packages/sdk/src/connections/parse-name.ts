import { TenantryError } from '../errors/index.ts'

/** With accents apart and space around it. The time that NFC takes grows with the square of what somebody made up. */
const longest = 1000

/** What people call a connection: 1 to 80 characters on one line. @throws `name_invalid` */
export function parseName(input: unknown): string {
  const name = typeof input === 'string' && input.length <= longest ? input.normalize('NFC').trim() : ''
  if (name.length < 1 || name.length > 80 || /[\p{Cc}\u2028\u2029]/u.test(name)) throw new TenantryError('name_invalid', { field: 'name' })
  return name
}
