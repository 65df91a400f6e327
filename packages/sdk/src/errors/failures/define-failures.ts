/** What happened, why, and what to do. */
export interface FailureTexts {
  readonly title: string
  readonly detail: string
  readonly remedy: string
}

export interface FailureWords extends FailureTexts {
  readonly httpStatus: number
  readonly retryable: boolean
}

/** HTTP status, whether trying again can help, title, detail, remedy. `{name}` in the words is filled from the error's values. */
type Row = readonly [number, 'retry' | 'final', string, string, string]

/** Rows of the table as records, each under its code. */
export function defineFailures<Code extends string>(table: Record<Code, Row>): Record<Code, FailureWords> {
  const records = Object.entries<Row>(table).map(([code, [httpStatus, retry, title, detail, remedy]]) => [
    code,
    { httpStatus, retryable: retry === 'retry', title, detail, remedy },
  ])
  return Object.fromEntries(records) as Record<Code, FailureWords>
}
