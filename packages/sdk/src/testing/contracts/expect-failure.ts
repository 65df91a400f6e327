import { expect } from 'vitest'
import { isTenantryError } from '../../errors/index.ts'
import type { ErrorCode, TenantryError } from '../../errors/index.ts'

/** Expects that a call is refused with our own error and exactly this code. @returns the error */
export async function expectFailure(call: Promise<unknown>, code: ErrorCode): Promise<TenantryError> {
  const error: unknown = await call.then(
    (value) => new Error(`Expected ${code}, but the call gave ${JSON.stringify(value)}.`),
    (reason: unknown) => reason,
  )
  if (!isTenantryError(error)) throw error
  expect(error.code).toBe(code)
  return error
}
