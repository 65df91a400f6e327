import { formatDate } from './zone-time.ts'

const ALPHABET = 'abcdefghijklmnopqrstuv0123456789'

/** An id in base32hex, as Google makes them. */
export function newEventId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** True for an id that a client may choose. */
export function isEventId(id: string): boolean {
  return /^[a-v0-9]{5,1024}$/.test(id)
}

/** When an instance was to begin, as the ids of instances name it; `wall` counts for whole days, `start` for the rest. */
export function instanceKey({ wall, start }: { wall: number; start: number }, allDay: boolean): string {
  if (allDay) return formatDate(wall).replaceAll('-', '')
  return new Date(start).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
}

/** The id of an instance, `<series>_20261026T080000Z` or `<series>_20261026`, in its parts; null for another id. */
export function readInstanceId(id: string): { seriesId: string; key: string } | null {
  const [, seriesId, key] = /^(.+)_(\d{8}(?:T\d{6}Z)?)$/.exec(id) ?? []
  return seriesId === undefined || key === undefined ? null : { seriesId, key }
}
