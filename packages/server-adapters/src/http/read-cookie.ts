/** One cookie of a `Cookie` header by its exact name, RFC 6265 section 4.2; `undefined` when it is there twice, because nobody knows which is meant. */
export function readCookie(header: string | null, name: string): string | undefined {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [found, ...value] = pair.split('=')
    return found?.trim() === name ? [value.join('=').trim()] : []
  })
  return values.length === 1 ? values[0] : undefined
}
