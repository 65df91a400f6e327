/** A cookie's value, RFC 6265; `undefined` when it is not there or there twice, because then nobody knows which is meant. */
export function readCookie(header: string, name: string): string | undefined {
  const values = header
    .split(';')
    .map((pair) => pair.trim().split(/=(.*)/s))
    .filter(([key]) => key === name)
    .map(([, value]) => value ?? '')
  return values.length === 1 ? values[0] : undefined
}
