import { failures } from './codes.ts'
import type { ErrorCode } from './codes.ts'

const marker = Symbol.for('tenantry.error')

export interface FieldFailure {
  readonly field: string
  readonly code: ErrorCode
  readonly values?: Readonly<Record<string, string>>
}

export interface FailureDetails {
  /** The form field that is wrong. */
  readonly field?: string
  /** All wrong fields when there is more than one. */
  readonly fields?: readonly FieldFailure[]
  /** Fills the placeholders of the words; never a secret. */
  readonly values?: Readonly<Record<string, string>>
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number
}

/** The only error class that leaves the sdk. Carries a code and non-secret values, never the vendor's text and never a cause. */
export class TenantryError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly field: string | undefined
  readonly fields: readonly FieldFailure[]
  readonly values: Readonly<Record<string, string>>
  readonly retryAfterMs: number | undefined

  constructor(code: Code, details: FailureDetails = {}) {
    super(`${code}: ${fillWords(failures[code].detail, details.values)} ${fillWords(failures[code].remedy, details.values)}`)
    this.name = 'TenantryError'
    this.code = code
    this.fields =
      details.fields ??
      (details.field === undefined ? [] : [{ field: details.field, code, ...(details.values && { values: details.values }) }])
    this.field = details.field ?? this.fields[0]?.field
    this.values = details.values ?? {}
    this.retryAfterMs = details.retryAfterMs
    Object.defineProperty(this, marker, { value: true })
  }

  get httpStatus(): number {
    return failures[this.code].httpStatus
  }

  get retryable(): boolean {
    return failures[this.code].retryable
  }
}

/** True for our error, also when it comes from another copy of the package. */
export function isTenantryError(error: unknown): error is TenantryError {
  return typeof error === 'object' && error !== null && marker in error
}

/** Each code as its own type, so that `switch (error.code)` narrows. */
export type AnyTenantryError = { [Code in ErrorCode]: TenantryError<Code> }[ErrorCode]

/** Fills `{name}` placeholders; an unknown one is left out. The vendor is Google where an error does not name another. */
export function fillWords(words: string, values: Readonly<Record<string, string>> = {}): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? (name === 'vendor' ? 'Google' : '…'))
}
