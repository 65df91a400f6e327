import type { Connection } from '../model/connection.ts'

/** Words of ours and ids of the provider's: everything else may have been typed by a person. */
const known = /^(?:[a-z][a-z_-]{0,19}|[A-Z][A-Z_]{1,40}|Label_\w{1,40}|[^\s@]+@[^\s@]+)$/

/** A connection's settings for whoever helps: what a person wrote is left out and only told to be there. */
export function describeSettings({ settings }: Pick<Connection, 'settings'>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, describeValue(value)]))
}

function describeValue(value: unknown): unknown {
  if (typeof value === 'string') return known.test(value) ? value : '(text)'
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  return Array.isArray(value) ? value.map(describeValue) : '(object)'
}
