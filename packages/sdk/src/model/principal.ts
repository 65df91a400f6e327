import { TenantryError } from '../errors/index.ts'

/** Who is calling, always from the host's own session. */
export interface Principal {
  readonly tenantId: string
  readonly userId: string
  /** Shown as "by Dana"; the host's own words. */
  readonly displayName?: string
}

/** Rows that belong to the installation, not to a tenant, use this id; no tenant may have it. */
export const systemTenantId = '~system'

const shape = /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/

/** @throws `unauthenticated` when the ids have a form that cannot be a tenant or user of the host. */
export function assertPrincipal(principal: Principal): void {
  if (!shape.test(principal?.tenantId ?? '') || !shape.test(principal?.userId ?? '')) throw new TenantryError('unauthenticated')
}
