import type { Refused } from './fetch-item.ts'
import type { SyncWork } from './sync-work.ts'

const few = 2
const latelyMs = 10 * 60_000

/**
 * Whose fault it is that all that was tried was refused: the items', where something was read since they were found, and the provider's where
 * nothing was, as in an outage. Of more than a few the former only holds for ten minutes: too short for five attempts, so that an outage which
 * begins in the moment of that reading sets nothing aside.
 */
export function isProvidersFault({ context, connection }: SyncWork, refused: readonly Refused[], lastRead: number | null): boolean {
  if (refused.length === 0) return false
  const areMany = refused.length > few
  // What this very look read before says nothing of many: the provider may have gone down since.
  const readAt = areMany ? connection.lastItemAt : lastRead
  if (readAt === null || refused.some(({ item }) => item.record.createdAt > readAt)) return true
  return areMany && readAt < context.clock.now() - latelyMs
}
