/** What makes one world, but for its days. */
export interface PlannedWorld {
  readonly seed: number
  readonly connections: number
  readonly largest: number
  readonly whale: number
  /** Among the connections; absent in worlds that were lived before there were any. */
  readonly sharedMailboxes?: number
}

interface WorldsPlan {
  readonly seed: number
  /** Of all worlds. */
  readonly connections: number
  /** Of one. */
  readonly size: number
  readonly largest: number
  readonly whale: number
  readonly sharedMailboxes: number
}

/** Which of ten: early, so that a run that ends soon has met one too. */
const whaleAt = 3
/** The last of ten: a mailbox that is polled each minute is as much work as a hundred other connections. */
const mailboxesAt = 9

/** The worlds of a run, each with a seed of its own. In one of ten lives a tenant with thousands of connections; it is that much larger. Another one has shared mailboxes. */
export function planWorlds({ seed, connections, size, largest, whale, sharedMailboxes }: WorldsPlan): PlannedWorld[] {
  const worlds: PlannedWorld[] = []
  for (let left = connections; left > 0;) {
    const at = worlds.length
    const whales = at % 10 === whaleAt ? whale : 0
    const count = Math.min(whales + size, left)
    const mailboxes = at % 10 === mailboxesAt ? Math.min(sharedMailboxes, count) : 0
    worlds.push({ seed: seed * 10_000 + at, connections: count, largest, whale: Math.min(whales, count), sharedMailboxes: mailboxes })
    left -= count
  }
  return worlds
}
