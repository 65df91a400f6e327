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

  const rise = (entry: Entry<Item>): void => {
    let at = heap.length
    heap.push(entry)
    for (let above = (at - 1) >> 1; at > 0; above = (at - 1) >> 1) {
      const parent = heap[above]
      if (parent === undefined || isBefore(parent, entry)) break
      heap[at] = parent
      at = above
    }
    heap[at] = entry
  }
  const sink = (entry: Entry<Item>): void => {
    let at = 0
    for (;;) {
      const right = heap[2 * at + 2]
      let below = 2 * at + 1
      let least = heap[below]
      if (least === undefined) break
      if (right !== undefined && isBefore(right, least)) {
        below += 1
        least = right
      }
      if (isBefore(entry, least)) break
      heap[at] = least
      at = below
    }
    heap[at] = entry
  }
  const pop = (first: Entry<Item>): Entry<Item> => {
    const last = heap.pop()
    if (last !== undefined && last !== first) sink(last)
    return first
  }

  return {
    add(at, item) {
      const entry: Entry<Item> = { at, order: (order += 1), item }
      rise(entry)
      return () => {
        entry.item = null
      }
    },
    take(by) {
      for (let first = heap[0]; first !== undefined && first.at <= by; first = heap[0]) {
        const { at, item } = pop(first)
        if (item !== null) return { at, item }
      }
      return null
    },
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.at - b.at < 0 || (a.at === b.at && a.order < b.order)
}
