import type { Connection } from '../model/connection.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** Whether a process may keep a connection to the vendor open for it. */
export function isListenedFor({ listen, listens }: AnyProvider, { settings }: Pick<Connection, 'settings'>): boolean {
  return listen !== undefined && (listens?.(settings) ?? true)
}
