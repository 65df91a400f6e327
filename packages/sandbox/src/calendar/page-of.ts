import { z } from 'zod/mini'
import { pageSize, readPageToken, writePageToken } from '../http/paging.ts'

/** An entry with its place in the listing: numbers that stay what they are while other entries come, go and change. */
export interface Placed<T> {
  place: readonly number[]
  entry: T
}

/** Where a listing of several requests stands. */
export interface PagePlace {
  after: readonly number[]
  /** Version of the calendar at the first request. */
  upTo: number
}

const shape = z.object({ after: z.string(), upTo: z.number() })

/** @throws ApiError 400 for the token of another listing */
export function readPlace(query: URLSearchParams, kind: string): PagePlace | null {
  const read = readPageToken(query, kind, shape)
  return read && { after: read.after.split(',').map(Number), upTo: read.upTo }
}

/** One page; the token is missing on the last. */
export function pageOf<T>(entries: Placed<T>[], query: URLSearchParams, kind: string, { after, upTo }: PagePlace) {
  const rest = entries.filter(({ place }) => compare(place, after) > 0).toSorted((a, b) => compare(a.place, b.place))
  const page = rest.slice(0, pageSize(query, 250, 2500))
  const last = page.at(-1)
  return {
    items: page.map(({ entry }) => entry),
    nextPageToken: last && page.length < rest.length ? writePageToken(kind, { after: last.place.join(','), upTo }) : null,
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index]
    // A place that is not given is before all others.
    if (other === undefined || value > other) return 1
    if (value < other) return -1
  }
  return 0
}
