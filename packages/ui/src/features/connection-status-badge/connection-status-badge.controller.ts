import type { Health } from '@tenantry/sdk/wire'
import { useConnection } from '../../data/use-connection.ts'

/** `undefined` while it loads the first time, `null` when it could not be loaded. A failed refresh keeps the last answer. */
export function useConnectionHealth(connectionId: string): Health | null | undefined {
  const { data, isError } = useConnection(connectionId)
  return data?.health ?? (isError ? null : undefined)
}
