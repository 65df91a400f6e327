import { TenantryError } from '../errors/index.ts'
import { cleanPaste } from './clean-paste.ts'

const dayMs = 24 * 60 * 60_000

/**
 * The last day of a client secret as an admin types it, `2027-01-31`. Only this way to write a day means the same everywhere.
 * @throws `secret_expiry_invalid`
 */
export function parseSecretExpiry(input: string, field = 'secretExpiresOn'): string {
  const text = cleanPaste(input)
  if (!/^20\d\d-\d\d-\d\d$/.test(text) || !isDay(text)) throw new TenantryError('secret_expiry_invalid', { field })
  return text
}

/** Whole days from now until the last one, both in UTC: 0 on that day itself, less when it is over. */
export function daysUntil(day: string, now: number): number {
  return Math.round((Date.parse(day) - Math.floor(now / dayMs) * dayMs) / dayMs)
}

/** Written again it is the same: the 31st of February is not. */
function isDay(text: string): boolean {
  const time = Date.parse(text)
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === text
}
