/** A fault for the calls that clients make. */
export interface CallFault {
  /** Operation name or pattern, for example `oauth.token` or `/^gmail\./`; default every operation. */
  operation?: string | RegExp
  /** The URL's path contains it, or it matches: `/messages/18c2…` poisons one message. Default any. */
  path?: string | RegExp
  /** HTTP method; default any. */
  method?: string
  /** How many calls it hits; default until removed. */
  times?: number
  /**
   * `latency` waits `ms` of real time and goes on; `reset` never reaches Google; `hang` never answers; `status`, `body`, `redirect` and `flood`
   * answer instead of Google. The others are carried out first: `lose-response` then breaks the connection, `cut` breaks it in the middle of the
   * body, `drip` sends the body one byte at a time, `rewrite` changes fields of the JSON.
   */
  kind: (typeof callFaultKinds)[number]
  /** Real milliseconds: of `latency`, and between two bytes of `drip`; default 1000. */
  ms?: number
  status?: number
  body?: string | Uint8Array
  headers?: Record<string, string>
  contentType?: string
  /** Target of `redirect`; its status defaults to 307. */
  to?: string
  /** How long a `flood` is, default 2 GiB, made as it is read; after how many bytes the body is `cut`, default half. */
  bytes?: number
  /** A `flood` that is small on the wire and large once it is unpacked. */
  gzip?: boolean
  /** New values of the answer's fields, for `rewrite`. */
  fields?: Record<string, unknown>
  /** Fields that `rewrite` leaves out of the answer. */
  omit?: readonly string[]
}

export const callFaultKinds = [
  'latency',
  'reset',
  'status',
  'body',
  'redirect',
  'lose-response',
  'hang',
  'flood',
  'drip',
  'cut',
  'rewrite',
] as const
