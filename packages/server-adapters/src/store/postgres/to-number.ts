type Integral = string | number | bigint

/** Reads a `bigint` column. @throws RangeError when the value does not fit a number exactly */
export function toNumber(value: Integral): number
export function toNumber(value: Integral | null): number | null
export function toNumber(value: Integral | null): number | null {
  if (value === null) return null
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError('A bigint column holds a value that is not a safe integer.')
  return number
}
