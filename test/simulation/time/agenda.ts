interface Entry<Item> {
  readonly at: number
  readonly order: number
  item: Item | null
}

export interface Agenda<Item> {
  /** @returns how to strike it out */
  add(at: number, item: Item): () => void
  /** The first that is due by then; of equal times the one that was added first. */
  take(by: number): { readonly at: number; readonly item: Item } | null
}

/** A binary heap. What is struck out stays until its time, empty. */
export function createAgenda<Item>(): Agenda<Item> {
  const heap: Entry<Item>[] = []
  let order = 0
  const isBefore = (a: number, b: number): boolean => {
    const [left, right] = [heap[a], heap[b]]
    if (left === undefined || right === undefined) return false
    return left.at - right.at < 0 || (left.at === right.at && left.order < right.order)
  }
  const swap = (a: number, b: number): void => {
    const [left, right] = [heap[a], heap[b]]
    if (left === undefined || right === undefined) return
    heap[a] = right
    heap[b] = left
  }
  const rise = (from: number): void => {
    for (let at = from; at > 0 && isBefore(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1)
  }
  const sink = (): void => {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const least = isBefore(right, left) ? right : left
      if (!isBefore(least, at)) return
      swap(at, least)
      at = least
    }
  }
  const pop = (): Entry<Item> | undefined => {
    swap(0, heap.length - 1)
    const entry = heap.pop()
    sink()
    return entry
  }

  return {
    add(at, item) {
      const entry: Entry<Item> = { at, order: (order += 1), item }
      heap.push(entry)
      rise(heap.length - 1)
      return () => {
        entry.item = null
      }
    },
    take(by) {
      while (heap[0] !== undefined && heap[0].at <= by) {
        const entry = pop()
        if (entry?.item !== null && entry !== undefined) return { at: entry.at, item: entry.item }
      }
      return null
    },
  }
}
