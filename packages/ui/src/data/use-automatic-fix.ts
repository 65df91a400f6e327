import type { FixId } from '@tenantry/sdk/wire'
import { useTenantry } from '../provider/tenantry-context.ts'
import type { DiagnosticsScope } from './diagnosis.ts'
import { queryKeys } from './query-keys.ts'

/** What we can do ourselves to mend a check. */
export type AutomaticFixId = Extract<FixId, 'provision' | 'repair' | 'sync' | 'redrive'>

export interface AutomaticFix {
  /** Whether it can be done here: the setup has no connection to repair. */
  canFix(fix: FixId): fix is AutomaticFixId
  run(fix: AutomaticFixId, signal: AbortSignal): Promise<void>
}

/** Does what a check says would mend it, then renews everything on screen that shows it. */
export function useAutomaticFix(scope: DiagnosticsScope): AutomaticFix {
  const { client, queryClient, tenantId } = useTenantry()
  const connectionId = scope === 'setup' ? null : scope.connectionId
  return {
    canFix: (fix): fix is AutomaticFixId =>
      fix === 'provision' || (connectionId !== null && (fix === 'repair' || fix === 'sync' || fix === 'redrive')),
    async run(fix, signal) {
      if (fix === 'provision') await client.google.provision()
      else if (connectionId === null) throw new TypeError(`useAutomaticFix: ${fix} needs a connection`)
      else await client.connections[fix](connectionId)
      if (signal.aborted) return
      void queryClient.invalidateQueries({ queryKey: queryKeys.googleSetup(tenantId) })
      void queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) })
    },
  }
}
