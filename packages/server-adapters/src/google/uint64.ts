import * as z from 'zod/mini'

const largest = 2n ** 64n - 1n

/** An unsigned 64-bit id as a decimal string, whether it came as text or as a number. */
export const uint64 = z.pipe(
  z.union([z.string().check(z.regex(/^\d{1,20}$/)), z.int().check(z.nonnegative())]),
  z.pipe(z.transform(String), z.string().check(z.refine((text) => BigInt(text) <= largest))),
)

/** A time in epoch milliseconds, whether it came as text or as a number. */
export const epochMs = z.pipe(
  z.union([z.string().check(z.regex(/^\d{1,16}$/)), z.int().check(z.nonnegative())]),
  z.pipe(z.transform(Number), z.int().check(z.nonnegative())),
)
