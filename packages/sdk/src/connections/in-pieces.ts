const atOnce = 8

/** Works on many, a few at a time. The first failure ends it, once what runs has ended. */
export async function inPieces<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < items.length; from += atOnce) {
    const piece = await Promise.allSettled(items.slice(from, from + atOnce).map(work))
    for (const outcome of piece) {
      if (outcome.status === 'rejected') throw outcome.reason
      results.push(outcome.value)
    }
  }
  return results
}
