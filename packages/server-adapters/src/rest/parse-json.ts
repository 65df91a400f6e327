/**
 * JSON in which integers that a number cannot hold stay text, because Google's ids are 64 bits wide and now and then come as numbers.
 * @throws SyntaxError, whose message may quote the input
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && Number.isInteger(value) ? (context?.source ?? null) : value,
  )
}
