/** One cookie of a `Cookie` header by its exact name. RFC 6265 section 4.2. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [found, ...value] = pair.split('=')
    if (found?.trim() === name) return value.join('=').trim()
  }
  return undefined
}
