export interface TenantRepository {
  /** Deletes rows of the tenant, of any kind but its audit log and its data keys, at most `limit` of each kind. @returns how many; 0 when none is left */
  removeRows(tenantId: string, limit: number): Promise<number>
}
