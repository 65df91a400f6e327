import type { ErrorCode } from '../../errors/index.ts'

/** One thing that still has to be ended at a provider. Times are epoch milliseconds. */
export interface GoodbyeStep {
  /** Unique within the goodbye: `stop/<pipe>`, `revoke`, `delete/<resource>`. */
  readonly id: string
  readonly state: 'pending' | 'done' | 'given_up'
  /** Why it is not done. */
  readonly code: ErrorCode | null
  /** The last try. */
  readonly at: number | null
}

/**
 * What is left to do at a provider for something that has ended here: the journal of it, and what it needs, sealed. Stands alone: the connection, and with
 * the system tenant's id the tenant too, may be gone.
 */
export interface GoodbyeRecord {
  readonly tenantId: string
  readonly id: string
  /** `connection`: its pipes and its grant. `pubsub`: what was created in the tenant's project. `tenant`: rows of a tenant that is deleted. */
  readonly kind: 'connection' | 'pubsub' | 'tenant'
  readonly connectionId: string | null
  readonly provider: string
  /** Names the sign-in without telling whose it is; those of one wait for each other's pipes before it is taken back. `null` without an account. */
  readonly signIn: string | null
  /** For people: the connection's, or the project's; empty once the tenant is deleted. */
  readonly name: string
  readonly cause: 'disconnect' | 'reset' | 'save' | 'delete'
  /** Sealed for (tenant, id); `null` once nothing is left to do. */
  readonly sealed: string | null
  readonly steps: readonly GoodbyeStep[]
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly createdAt: number
  /** When what is not done is given up. */
  readonly expiresAt: number
  readonly endedAt: number | null
  readonly version: number
}

export type GoodbyePatch = Partial<Pick<GoodbyeRecord, 'sealed' | 'steps' | 'attempts' | 'nextAttemptAt' | 'endedAt'>>

export interface GoodbyeRepository {
  /** @returns false when (tenant, id) is taken */
  insert(record: GoodbyeRecord): Promise<boolean>
  get(tenantId: string, id: string): Promise<GoodbyeRecord | null>
  /** Newest first: of some connections, of one sign-in, or all. */
  list(
    tenantId: string,
    filter?: { readonly connectionIds?: readonly string[]; readonly signIn?: string },
  ): Promise<readonly GoodbyeRecord[]>
  /** Writes the patch and `version + 1` when the stored version equals `expectedVersion`. @returns the new record, or `null` */
  update(tenantId: string, id: string, expectedVersion: number, patch: GoodbyePatch): Promise<GoodbyeRecord | null>
  remove(tenantId: string, id: string): Promise<void>
  /** Deletes those, of any tenant, that ended before a time. @returns how many */
  removeEnded(before: number, limit: number): Promise<number>
}
