import { failures, fillWords, isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import type { Problem } from '@tenantry/sdk/wire'

/** Our error for anything thrown: what is not ours, or has a code that is not in the table, is `internal`. */
export function toTenantryError(error: unknown): TenantryError {
  return isTenantryError(error) && Object.hasOwn(failures, error.code) ? error : new TenantryError('internal')
}

/** What crosses the wire for anything thrown: code, words and non-secret values; never a cause, a stack or a vendor's text. RFC 9457. */
export function toProblem(error: unknown, requestId: string): Problem {
  const { code, field, fields, values, retryAfterMs } = toTenantryError(error)
  const { httpStatus, title, detail, remedy } = failures[code]
  return {
    code,
    title: fillWords(title, values),
    detail: fillWords(detail, values),
    status: httpStatus,
    ...(field !== undefined && { field }),
    ...(fields.length > 0 && {
      fields: fields.map(({ field, code, values }) => ({ field, code, ...(values && { values: { ...values } }) })),
    }),
    ...(Object.keys(values).length > 0 && { values: { ...values } }),
    remedy: fillWords(remedy, values),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    requestId,
  }
}
