import type { Site } from '../world/truth.ts'

/** Something that may keep a connection from being looked after: everybody's, a tenant's or its own. Times are epoch milliseconds. */
export interface Trouble {
  readonly kind: string
  readonly tenantId: string | null
  readonly address: string | null
  readonly from: number
  to: number
}

export interface TroubleBook {
  begin(trouble: Trouble): Trouble
  /** Whether something stood in a connection's way at any time of a span. */
  touches(site: Pick<Site, 'tenantId' | 'address'>, from: number, to: number): boolean
  /** What stands in the way now, of some kind. */
  find(kind: string, now: number, site?: { readonly tenantId: string; readonly address: string | null }): Trouble | null
  count(kind: string): void
  readonly counts: ReadonlyMap<string, number>
}

export function createTroubleBook(): TroubleBook {
  const everybodys: Trouble[] = []
  const tenants = new Map<string, Trouble[]>()
  /** The same by whose and of which kind, because each request asks for several. */
  const kinds = new Map<string, Trouble[]>()
  const counts = new Map<string, number>()
  const of = (tenantId: string) => tenants.get(tenantId) ?? []
  const keyOf = (kind: string, tenantId: string | null) => `${kind} ${tenantId ?? ''}`
  const concerns = (trouble: Trouble, address: string | null) => trouble.address === null || trouble.address === address
  const count = (kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1)

  return {
    begin(trouble) {
      count(trouble.kind)
      const key = keyOf(trouble.kind, trouble.tenantId)
      kinds.set(key, [...(kinds.get(key) ?? []), trouble])
      if (trouble.tenantId === null) everybodys.push(trouble)
      else tenants.set(trouble.tenantId, [...of(trouble.tenantId), trouble])
      return trouble
    },
    touches: ({ tenantId, address }, from, to) =>
      [...everybodys, ...of(tenantId)].some((trouble) => concerns(trouble, address) && trouble.from <= to && trouble.to >= from),
    find(kind, now, site) {
      const known = kinds.get(keyOf(kind, site?.tenantId ?? null))
      return known?.find((trouble) => trouble.from <= now && trouble.to > now && concerns(trouble, site?.address ?? null)) ?? null
    },
    count,
    counts,
  }
}
