import type { ConnectionSummary } from '@tenantry/sdk/wire'
import type { ConnectionCondition } from './connection-condition.ts'

/** What a person can do with a connection, in the order of the menu. */
export const connectionActions = [
  'reconnect',
  'sync_now',
  'renew',
  'redrive',
  'resume',
  'pause',
  'edit',
  'diagnostics',
  'disconnect',
  'remove',
] as const

export type ConnectionActionId = (typeof connectionActions)[number]

export interface ActionFacts {
  readonly condition: ConnectionCondition
  /** The host shows a form for it. */
  readonly canOpen: boolean
  /** The host shows the checks for it. */
  readonly canDiagnose: boolean
  /** What the host wants to offer at all; default everything. */
  readonly only?: readonly ConnectionActionId[] | undefined
}

/** What may be done now: allowed for the person, possible in this state, wanted by the host. Never a resume on a dead sign-in. */
export function readActions(connection: ConnectionSummary, facts: ActionFacts): readonly ConnectionActionId[] {
  return connectionActions.filter((action) => facts.only?.includes(action) !== false && isPossible(action, connection, facts))
}

function isPossible(action: ConnectionActionId, connection: ConnectionSummary, facts: ActionFacts): boolean {
  const { permissions: may, health } = connection
  const { status } = health
  const works = status === 'connected' || status === 'degraded' || status === 'error'
  switch (action) {
    case 'reconnect':
      return may.reconnect && status !== 'not_configured'
    case 'sync_now':
      return may.sync && works
    case 'renew':
      return may.sync && works && canBePushed(connection)
    case 'redrive':
      return may.sync && works && health.quarantined > 0
    case 'resume':
      return may.update && status === 'paused' && facts.condition !== 'grant_dead'
    case 'pause':
      return may.update && works
    case 'edit':
      return may.update && facts.canOpen
    case 'diagnostics':
      return may.diagnose && facts.canDiagnose
    case 'disconnect':
      return may.disconnect && status !== 'disconnected' && status !== 'connecting' && status !== 'not_configured'
    case 'remove':
      return may.remove && status === 'disconnected'
    default:
      return action satisfies never
  }
}

/** Opening the push pipe anew can help: polling is neither chosen nor the only way. */
export function canBePushed({ health }: Pick<ConnectionSummary, 'health'>): boolean {
  const { delivery, deliveryReason } = health
  return (
    delivery === 'push' ||
    !['polling_chosen', 'shared_mailbox_polled', 'push_not_possible', 'push_not_supported', 'direction_to_google'].includes(
      deliveryReason ?? '',
    )
  )
}

const ways: Readonly<Record<ConnectionCondition, ConnectionActionId | null>> = {
  grant_dead: 'reconnect',
  app_broken: null,
  not_configured: null,
  failing: 'sync_now',
  choose_calendar: 'edit',
  unfinished: 'reconnect',
  reset: 'reconnect',
  disconnected: 'reconnect',
  sign_in_ending: 'reconnect',
  watch_expired: 'renew',
  renewal_late: 'renew',
  delayed: 'sync_now',
  read_only: 'edit',
  polling_fallback: 'renew',
  paused: 'resume',
  quarantined: 'redrive',
  fine: null,
}

/** The one action that stands outside the menu: the way out of the connection's condition, as far as it may be taken. */
export function readPrimaryAction(condition: ConnectionCondition, possible: readonly ConnectionActionId[]): ConnectionActionId | null {
  const way = ways[condition]
  return way !== null && possible.includes(way) ? way : null
}

/** Its name where it stands: what never was, or is over, is not reconnected. */
export function nameOfPrimary(primary: ConnectionActionId, condition: ConnectionCondition): ConnectionActionId | 'connectAgain' | 'finish' {
  if (primary !== 'reconnect') return primary
  if (condition === 'disconnected') return 'connectAgain'
  return condition === 'unfinished' ? 'finish' : primary
}
