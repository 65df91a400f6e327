import { IANAZone } from 'luxon'

const DAY = 86_400_000

// To ask whether a zone exists costs more than all the rest of writing an event.
const zones = new Set<string>()

/** True for a name of the IANA time zone database. */
export function isZone(name: string): boolean {
  if (zones.has(name)) return true
  const exists = /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name)
  if (exists) zones.add(name)
  return exists
}

/** What a clock in the zone shows, as epoch ms of a UTC clock that shows the same. */
export function wallOf(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone)
}

/**
 * When a clock in the zone shows this. Of a time that occurs twice it is the first; a time that is skipped counts with the offset before
 * the gap (RFC 5545, 3.3.5).
 */
export function instantOfWall(wall: number, zone: string): number {
  const early = wall - offsetAt(wall - DAY, zone)
  if (wallOf(early, zone) === wall) return early
  const late = wall - offsetAt(wall + DAY, zone)
  return wallOf(late, zone) === wall ? late : early
}

/** RFC 3339 with the zone's offset and without milliseconds, as Google writes moments. */
export function formatInstant(instant: number, zone: string): string {
  const minutes = Math.round(offsetAt(instant, zone) / 60_000)
  const wall = new Date(instant + minutes * 60_000).toISOString().slice(0, 19)
  if (minutes === 0) return `${wall}Z`
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${wall}${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

/** `YYYY-MM-DD` of a wall time. */
export function formatDate(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10)
}

function offsetAt(instant: number, zone: string): number {
  return IANAZone.create(zone).offset(instant) * 60_000
}
