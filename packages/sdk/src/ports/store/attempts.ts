/** Something that the host asked for under a key of its own, so that it is done once. Times are epoch milliseconds. */
export interface AttemptRecord {
  readonly tenantId: string
  readonly connectionId: string
  /** A digest of the host's key, 43 characters of base64url. */
  readonly key: string
  /** A digest of what was asked for: the same key for something else is a mistake. */
  readonly contentHash: string
  /** When it was begun last. */
  readonly begunAt: number
  /** Until it is done: as long as somebody is at it. After that nobody knows how it ended. */
  readonly leaseUntil: number
  /** What came of it, sealed; `null` until it is done. */
  readonly sealedResult: string | null
}

export type BegunAttempt =
  /** It is the caller's to do; `inDoubt`: an earlier try was begun and nobody knows how it ended. */
  | { readonly begun: true; readonly fence: number; readonly inDoubt: boolean }
  /** It is done, or somebody else is at it, or the key names something else. */
  | { readonly begun: false; readonly record: AttemptRecord }

export interface AttemptRepository {
  /** Claims a key in one atomic step: one that is new, or that is not done, whose lease has run out and whose content is the same. */
  begin(
    attempt: Pick<AttemptRecord, 'tenantId' | 'connectionId' | 'key' | 'contentHash'>,
    lease: { readonly now: number; readonly leaseMs: number },
  ): Promise<BegunAttempt>
  /** Prolongs the lease while the fence still holds. @returns whether it did */
  renew(
    tenantId: string,
    connectionId: string,
    key: string,
    input: { readonly fence: number; readonly now: number; readonly leaseMs: number },
  ): Promise<boolean>
  /** Keeps the result, whoever holds the lease: what is done is done. The first result stays. @returns false when the row is gone */
  finish(tenantId: string, connectionId: string, key: string, sealedResult: string): Promise<boolean>
  /**
   * Ends the lease while the fence still holds. `inDoubt`: nobody knows how it ended; otherwise it was not done, for certain, and the next try is a
   * first one. What is done stays done.
   */
  release(tenantId: string, connectionId: string, key: string, input: { readonly fence: number; readonly inDoubt: boolean }): Promise<void>
  /** Deletes attempts, of any tenant, that were begun before a time. @returns how many */
  removeBefore(time: number, limit: number): Promise<number>
}
