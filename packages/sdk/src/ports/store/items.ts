/** What the host was told of one item of a feed whose items change, such as an event of a calendar. */
export interface ItemRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** The provider's name for it, unique within the connection; at most 1500 ASCII characters. */
  readonly id: string
  /** The version that was put on its way last. */
  readonly version: string
  /** Digest of when it is, in that version. */
  readonly place: string
  /** The outbox event that carries that version; what an older one says of the item is not handed over any more. */
  readonly eventId: string
  /** Digest of when it is, as the host was told last; `null` when it was told nothing yet. */
  readonly toldPlace: string | null
  /** The full listing that saw it last. */
  readonly seenIn: string
}

export interface ItemRepository {
  /** Those of the ids that are known, in no order. */
  get(tenantId: string, connectionId: string, ids: readonly string[]): Promise<readonly ItemRecord[]>
  /**
   * Inserts, or replaces everything but `toldPlace` of the rows with the same (tenant, connection, id), because handing over goes on meanwhile.
   * An id stands in the list once.
   */
  put(records: readonly Omit<ItemRecord, 'toldPlace'>[]): Promise<void>
  /** Notes what the host was told. Nothing happens when there is no such row. */
  setTold(tenantId: string, connectionId: string, id: string, place: string): Promise<void>
  /** Items that a full listing did not see, by id. */
  listUnseen(tenantId: string, connectionId: string, seenIn: string, limit: number): Promise<readonly ItemRecord[]>
  /** Forgets an item, as long as this event still is the one that carries its last version. */
  remove(tenantId: string, connectionId: string, id: string, eventId: string): Promise<void>
  removeForConnection(tenantId: string, connectionId: string): Promise<void>
}
