/** What PATCH makes of a resource: nested objects are merged, lists replaced, and null removes. */
export function mergeFields(old: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...old }
  for (const [name, value] of Object.entries(change)) {
    const before = merged[name]
    if (value === null || value === undefined) delete merged[name]
    else merged[name] = isObject(value) ? mergeFields(isObject(before) ? before : {}, value) : value
  }
  return merged
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
