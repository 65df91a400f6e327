/** A path whose values are encoded as one segment each. @throws TypeError when a value would climb out of its place */
export function path(words: TemplateStringsArray, ...values: readonly string[]): string {
  return words.map((word, at) => word + (at < values.length ? encodeSegment(values[at]) : '')).join('')
}

function encodeSegment(value: string | undefined): string {
  // These three survive encoding and then name another path.
  if (value === undefined || value === '' || value === '.' || value === '..')
    throw new TypeError('An id in the path of a request is empty or a path of its own')
  return encodeURIComponent(value)
}
