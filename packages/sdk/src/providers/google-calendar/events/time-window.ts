import { TenantryError } from '../../../errors/index.ts'
import { instantOf } from '../../../model/time-zone.ts'

const mostMs = 366 * 24 * 60 * 60_000

/** What begins before `to` and ends after `from`. Both ISO 8601 with an offset, at most 366 days apart. */
export interface TimeWindow {
  readonly from: string
  readonly to: string
}

/** As epoch milliseconds. @throws `invalid_input` */
export function parseWindow({ from, to }: TimeWindow): { readonly from: number; readonly to: number } {
  const window = { from: parseInstant(from, 'from'), to: parseInstant(to, 'to') }
  if (window.to <= window.from || window.to - window.from > mostMs) throw new TenantryError('invalid_input', { field: 'to' })
  return window
}

function parseInstant(value: unknown, field: string): number {
  const complete = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d)$/.test(value)
  const at = complete ? instantOf({ value, allDay: false, timeZone: null }, 'UTC') : null
  if (at === null) throw new TenantryError('invalid_input', { field })
  return at
}
