/** Fetches ahead of need. Whoever needs it says that it could not be fetched, so nobody is told here. */
export function prefetch(fetchPart: () => Promise<unknown>): void {
  fetchPart().catch(() => null)
}
