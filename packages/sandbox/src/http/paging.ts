import { z } from 'zod/mini'
import { decodeOpaque, encodeOpaque } from '../state/encoding.ts'
import { invalidArgument } from './api-error.ts'

/** A page size within Google's limits; values beyond the limit are cut, as Google does. */
export function pageSize(query: URLSearchParams, standard: number, most: number): number {
  const asked = query.get('maxResults')
  if (asked === null) return standard
  if (!/^\d+$/.test(asked)) throw invalidArgument(`Invalid value at 'maxResults': ${asked}`)
  return Math.min(Math.max(Number(asked), 1), most)
}

/** An opaque token that only the same kind of listing accepts. */
export function writePageToken(kind: string, place: Record<string, string | number>): string {
  return encodeOpaque({ kind, place })
}

/** The place a page token stands for; null without one. Each API words the refusal in its own way. @throws ApiError 400 */
export function readPageToken<T extends z.ZodMiniType>(
  query: URLSearchParams,
  kind: string,
  place: T,
  refusal?: string,
): z.infer<T> | null {
  const token = query.get('pageToken')
  if (token === null) return null
  const read = z.object({ kind: z.literal(kind), place: z.unknown() }).safeParse(decodeOpaque(token))
  const found = place.safeParse(read.data?.place)
  if (!read.success || !found.success)
    throw refusal === undefined ? invalidArgument('Invalid page token value.', 'invalid') : invalidArgument(refusal)
  return found.data
}
