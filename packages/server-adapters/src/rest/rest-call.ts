/** One request to a vendor's REST API. */
export interface RestCall {
  /** Named as in the vendor's reference, for example `gmail.messages.get`. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** An endpoint and an encoded path. */
  readonly url: string
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly accessToken?: string
  /** Sent as JSON; as a form when it is URLSearchParams, as plain text when it is text, as they are when it is bytes. */
  readonly body?: object | string | Uint8Array<ArrayBuffer>
  /** The version that the call is about; without one it is about any. */
  readonly ifMatch?: string | null
  /** What else the API wants to be told. */
  readonly headers?: Readonly<Record<string, string>>
  /** The only status that means it was done; by default each below 300 does. */
  readonly done?: number
  /** Longest answer. Default 64 KiB. */
  readonly capBytes?: number
  /** How many deadlines a large answer may take to come in, once it has begun; otherwise one is for all of it. */
  readonly patience?: number
}

export const smallAnswer = 64 * 1024

/** What goes over the wire: no redirects, no cookies. @throws TypeError when the token cannot be sent */
export function describeCall({ method, url, query = {}, accessToken, ifMatch = null, headers = {}, body }: RestCall): {
  readonly address: URL
  readonly init: RequestInit
} {
  const address = new URL(url)
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value ?? []].flat()) address.searchParams.append(name, String(item))
  }
  const content = describeBody(body)
  const sent = new Headers({ accept: 'application/json', ...content.headers, ...headers })
  if (accessToken !== undefined) sent.set('authorization', bearer(accessToken))
  if (ifMatch !== null) sent.set('if-match', ifMatch)
  return { address, init: { method, headers: sent, body: content.body, redirect: 'error', credentials: 'omit' } }
}

function describeBody(body: RestCall['body']): { readonly body: BodyInit | null; readonly headers: Readonly<Record<string, string>> } {
  if (body === undefined) return { body: null, headers: {} }
  if (body instanceof URLSearchParams) return { body, headers: {} }
  if (typeof body === 'string') return { body, headers: { 'content-type': 'text/plain' } }
  if (isBytes(body)) return { body, headers: { 'content-type': 'application/octet-stream' } }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

function isBytes(body: object): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array
}

/** The platform's own complaint about a header would quote the token. */
function bearer(accessToken: string): string {
  if (!/^[\x21-\x7e]+$/.test(accessToken)) throw new TypeError('The access token cannot be sent in a header')
  return `Bearer ${accessToken}`
}
