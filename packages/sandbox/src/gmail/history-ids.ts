import type { HistoryState } from '../state/account-state.ts'

/** Orders decimal uint64 without leading zeros, which no JavaScript number holds. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a === b ? 0 : a < b ? -1 : 1
}

/** Index of the first record after `id`; records lie in order. */
export function indexAfter(history: HistoryState[], id: string): number {
  let low = 0
  let high = history.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareIds(history[middle]?.id ?? '', id) > 0) high = middle
    else low = middle + 1
  }
  return low
}
