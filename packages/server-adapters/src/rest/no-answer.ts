/** Why there is no answer that can be used, in our own words: what the vendor sent has none. */
export type NoAnswerReason = 'network' | 'deadline' | 'redirected' | 'answer_too_large' | 'not_json' | 'unexpected_answer'

/** Inside the gateway only; becomes a `ProviderRefusal`. */
export class NoAnswer extends Error {
  readonly reason: NoAnswerReason
  /** HTTP status; 0 when none came. */
  readonly httpStatus: number

  constructor(reason: NoAnswerReason, httpStatus = 0) {
    super(reason)
    this.name = 'NoAnswer'
    this.reason = reason
    this.httpStatus = httpStatus
  }
}
