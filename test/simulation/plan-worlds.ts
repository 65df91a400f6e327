/** What makes one world, but for its days. */
export interface PlannedWorld {
  readonly seed: number
  readonly connections: number
  readonly largest: number
  readonly whale: number
}

interface WorldsPlan {
  readonly seed: number
  /** Of all worlds. */
  readonly connections: number
  /** Of one. */
  readonly size: number
  readonly largest: number
  readonly whale: number
}

/** Which of ten: early, so that a run that ends soon has met one too. */
const whaleAt = 3

/** The worlds of a run, each with a seed of its own. In one of ten lives a tenant with thousands of connections; it is that much larger. */
export function planWorlds({ seed, connections, size, largest, whale }: WorldsPlan): PlannedWorld[] {
  const worlds: PlannedWorld[] = []
  for (let left = connections; left > 0;) {
    const at = worlds.length
    const whales = at % 10 === whaleAt ? whale : 0
    const count = Math.min(whales + size, left)
    worlds.push({ seed: seed * 10_000 + at, connections: count, largest, whale: Math.min(whales, count) })
    left -= count
  }
  return worlds
}
