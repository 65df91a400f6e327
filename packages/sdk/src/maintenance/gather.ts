/**
 * Lets many callers share one piece of work: while one batch is done, the next gathers, so that there is one statement for many when there are many, and no
 * waiting when there is one. `work` answers in the order of what it is given; a batch that fails fails all that are in it, and no other.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result | undefined> {
  let gathering: { readonly items: Item[]; readonly results: Promise<readonly Result[]> } | null = null
  let working: Promise<unknown> = Promise.resolve()

  return async (item) => {
    gathering ??= begin()
    const { items, results } = gathering
    const at = items.push(item) - 1
    return (await results)[at]
  }

  function begin(): NonNullable<typeof gathering> {
    const items: Item[] = []
    const results = working.then(() => {
      gathering = null
      return work(items)
    })
    // Whoever waits for it hears of a failure; the next batch is done all the same.
    working = results.catch(() => undefined)
    return { items, results }
  }
}
