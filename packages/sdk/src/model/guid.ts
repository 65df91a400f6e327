const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A GUID as Microsoft writes it, in lower case; `null` for anything else. */
export function readGuid(text: string): string | null {
  const lower = text.toLowerCase()
  return shape.test(lower) ? lower : null
}
