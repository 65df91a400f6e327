import { TenantryError } from '../errors/index.ts'
import { instantOf } from '../model/time-zone.ts'

export interface OccurrencesInput {
  /** RFC 3339 date-time with its offset, included. */
  readonly from: string
  /** RFC 3339 date-time with its offset, not included; at most 20 years later. */
  readonly to: string
  /** 1 to 10,000; default 10,000. */
  readonly limit?: number
}

/** Epoch ms. */
export interface Window {
  readonly from: number
  readonly to: number
  readonly limit: number
}

const mostOccurrences = 10_000
/** As long as a window is, and an instance of a series. */
export const longestMs = 20 * 366 * 86_400_000

/** @throws `invalid_input` with the field */
export function parseWindow(input: OccurrencesInput): Window {
  const { limit = mostOccurrences } = input
  const [from, to] = [parseInstant(input.from, 'from'), parseInstant(input.to, 'to')]
  if (to < from || to - from > longestMs) throw new TenantryError('invalid_input', { field: 'to' })
  if (!Number.isInteger(limit) || limit < 1 || limit > mostOccurrences) throw new TenantryError('invalid_input', { field: 'limit' })
  return { from, to, limit }
}

// No zone to fall back on, so a time without offset is none.
function parseInstant(value: string, field: string): number {
  const instant = instantOf({ value, allDay: false, timeZone: null }, '')
  if (instant === null) throw new TenantryError('invalid_input', { field })
  return instant
}
