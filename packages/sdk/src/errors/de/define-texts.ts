import type { ErrorCode } from '../codes.ts'
import type { FailureTexts } from '../failures/define-failures.ts'

/** Rows of title, detail and remedy as records, each under its code. */
export function defineTexts<Code extends ErrorCode>(
  table: Readonly<Record<Code, readonly [string, string, string]>>,
): Readonly<Record<Code, FailureTexts>> {
  const records = Object.entries<readonly [string, string, string]>(table).map(([code, [title, detail, remedy]]) => [
    code,
    { title, detail, remedy },
  ])
  return Object.fromEntries(records) as Record<Code, FailureTexts>
}
