import type { Health } from '@tenantry/sdk/wire'
import { isUnchosen } from '../status-looks/is-unchosen.ts'
import type { TaskState } from '../task-list/task-list.tsx'
import { isHealthyPolling } from './form-phase.ts'

export interface SetupTask {
  readonly id: 'save' | 'watch' | 'import'
  readonly state: TaskState
  /** Done, but not as hoped: the reason of the delivery says why. */
  readonly warning: boolean
}

/** What happens after the consent, read from the connection's health. */
export function readSetupTasks(health: Health): readonly SetupTask[] {
  const broken =
    (health.status === 'error' && !isUnchosen(health)) || health.status === 'blocked_by_app' || health.status === 'needs_reauth'
  const imported = health.lastSyncAt !== null
  return [
    { id: 'save', state: health.status === 'connecting' ? 'working' : 'done', warning: false },
    readWatch(health, broken),
    { id: 'import', state: imported ? 'done' : broken ? 'failed' : 'working', warning: false },
  ]
}

function readWatch(health: Health, broken: boolean): SetupTask {
  if (health.delivery === 'push') return { id: 'watch', state: 'done', warning: false }
  if (health.deliveryReason !== null) return { id: 'watch', state: 'skipped', warning: !isHealthyPolling(health) }
  return { id: 'watch', state: broken ? 'failed' : health.lastSyncAt === null ? 'working' : 'skipped', warning: false }
}
