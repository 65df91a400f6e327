import type { FieldFailure } from '@tenantry/sdk/errors'

/** The server's rule for a connection's name, told before it is sent: 1 to 80 characters on one line. */
export function checkName(name: string): readonly FieldFailure[] {
  const text = name.normalize('NFC').trim()
  const fits = text.length >= 1 && text.length <= 80 && !/[\p{Cc}\u2028\u2029]/u.test(text)
  return fits ? [] : [{ field: 'name', code: 'name_invalid' }]
}
