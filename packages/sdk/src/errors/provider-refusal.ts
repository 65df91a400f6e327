export interface RefusalFacts {
  readonly vendor: 'google' | 'microsoft'
  /** The call, for example `gmail.watch`. */
  readonly operation: string
  /** HTTP status; 0 when no answer came (network, deadline). */
  readonly httpStatus: number
  /** The vendor's machine reason: `notFound`, `SERVICE_DISABLED`, `invalid_grant`. */
  readonly reason?: string | undefined
  /** The vendor's text, cut to 300 characters; used to classify and never shown, logged or sent on. */
  readonly message?: string | undefined
  readonly retryAfterMs?: number | undefined
  /** What the vendor calls the request: 1 to 64 letters, digits, `-` and `_`; anything else is dropped. */
  readonly requestId?: string | undefined
}

/** What a gateway throws when a vendor refuses or does not answer. Only `vendors/` reads it and turns it into a code. */
export class ProviderRefusal extends Error {
  readonly vendor: RefusalFacts['vendor']
  readonly operation: string
  readonly httpStatus: number
  readonly reason: string | undefined
  readonly retryAfterMs: number | undefined
  /** What the vendor's support asks for first; no secret. */
  readonly requestId: string | undefined
  readonly #message: string | undefined

  constructor(facts: RefusalFacts) {
    super(`${facts.operation} was refused with status ${facts.httpStatus}${facts.reason === undefined ? '' : ` (${facts.reason})`}`)
    this.name = 'ProviderRefusal'
    this.vendor = facts.vendor
    this.operation = facts.operation
    this.httpStatus = facts.httpStatus
    this.reason = facts.reason
    this.retryAfterMs = facts.retryAfterMs
    this.requestId = /^[\w-]{1,64}$/.test(facts.requestId ?? '') ? facts.requestId : undefined
    this.#message = facts.message?.slice(0, 300)
  }

  /** Whether the vendor's text contains one of these phrases. The text itself stays inside. */
  mentions(...phrases: string[]): boolean {
    const text = this.#message?.toLowerCase()
    return text !== undefined && phrases.some((phrase) => text.includes(phrase.toLowerCase()))
  }
}
