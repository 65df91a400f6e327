import type { RecordedRequest } from '../state/world.ts'

/** How many of these calls ran at the same moment, at most: 1 when each began after the one before it had ended. */
export function mostAtOnce(requests: readonly Pick<RecordedRequest, 'startedAt' | 'endedAt'>[]): number {
  const steps = requests.flatMap(({ startedAt, endedAt }) => [
    { at: startedAt, change: 1 },
    { at: endedAt ?? Number.POSITIVE_INFINITY, change: -1 },
  ])
  let running = 0
  let most = 0
  for (const { change } of steps.toSorted((left, right) => left.at - right.at || left.change - right.change)) {
    running += change
    most = Math.max(most, running)
  }
  return most
}
