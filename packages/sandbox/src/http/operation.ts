/** One call of a vendor endpoint. */
export interface Call {
  request: Request
  url: URL
  query: URLSearchParams
  params: Record<string, string>
  bytes: Uint8Array<ArrayBuffer>
  /** The body as UTF-8. */
  text: string
}

/** One vendor endpoint. A returned plain value is sent as JSON. */
export interface Operation {
  /** Name used by faults and recordings. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the origin, in hono's pattern language. */
  path: string
  handle(call: Call): unknown
}

/** The path parameter; the route guarantees it. */
export function param(call: Call, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`Route ${call.url.pathname} has no parameter ${name}`)
  return value
}

/** The fields of a form body. */
export function formOf(call: Call): URLSearchParams {
  return new URLSearchParams(call.text)
}
