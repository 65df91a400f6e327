import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'
import { connectionConditions, groupOf, readCondition } from '../../elements/connection-card/connection-condition.ts'
import type { ConnectionGroup } from '../../elements/connection-card/connection-condition.ts'

/** `attention`: what somebody has to act on first; `recent`: what brought something last first. */
export type ConnectionSort = 'attention' | 'name' | 'recent'

/** What the host shows at all. The object form can cross from a server component. */
export type ConnectionFilter =
  | { readonly provider?: readonly string[]; readonly health?: readonly Health['status'][] }
  | ((connection: ConnectionSummary) => boolean)

/** What a person looks for among them. */
export interface PersonsFilter {
  readonly text: string
  readonly group: ConnectionGroup | 'all'
}

export const noPersonsFilter: PersonsFilter = { text: '', group: 'all' }

export function applyHostFilter(all: readonly ConnectionSummary[], filter: ConnectionFilter | undefined): readonly ConnectionSummary[] {
  if (filter === undefined) return all
  if (typeof filter === 'function') return all.filter(filter)
  return all.filter(
    ({ provider, health }) => filter.provider?.includes(provider) !== false && filter.health?.includes(health.status) !== false,
  )
}

export function applyPersonsFilter(
  all: readonly ConnectionSummary[],
  { text, group }: PersonsFilter,
  now: number | null,
): readonly ConnectionSummary[] {
  const wanted = text.trim().toLocaleLowerCase()
  return all.filter(({ name, address, health }) => {
    if (group !== 'all' && groupOf(health, now) !== group) return false
    return wanted === '' || name.toLocaleLowerCase().includes(wanted) || (address?.toLocaleLowerCase().includes(wanted) ?? false)
  })
}

const groups: readonly ConnectionGroup[] = ['attention', 'paused', 'working', 'disconnected']

export function sortConnections(
  all: readonly ConnectionSummary[],
  sort: ConnectionSort,
  { now, locale }: { readonly now: number | null; readonly locale: string },
): readonly ConnectionSummary[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const rank = ({ health }: ConnectionSummary): number => {
    if (sort === 'name') return 0
    if (sort === 'recent') return health.lastItemAt === null ? 0 : -new Date(health.lastItemAt).getTime()
    return groups.indexOf(groupOf(health, now)) * connectionConditions.length + connectionConditions.indexOf(readCondition(health, now))
  }
  return all
    .map((connection) => ({ connection, rank: rank(connection) }))
    .toSorted((left, right) => left.rank - right.rank || compare(left.connection.name, right.connection.name))
    .map(({ connection }) => connection)
}

/** How many there are of each group, for the head of the list. */
export function countGroups(all: readonly ConnectionSummary[], now: number | null): Readonly<Record<ConnectionGroup, number>> {
  const counts = { attention: 0, working: 0, paused: 0, disconnected: 0 }
  for (const { health } of all) counts[groupOf(health, now)] += 1
  return counts
}
