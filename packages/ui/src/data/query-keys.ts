/** Keys of everything the components cache. The tenant stands in each, so that one tenant's data never shows for another. */
export const queryKeys = {
  all: (tenantId: string | undefined) => ['tenantry', tenantId ?? null] as const,
  googleSetup: (tenantId: string | undefined) => [...queryKeys.all(tenantId), 'google-setup'] as const,
  microsoftSetup: (tenantId: string | undefined) => [...queryKeys.all(tenantId), 'microsoft-setup'] as const,
  connections: (tenantId: string | undefined) => [...queryKeys.all(tenantId), 'connections'] as const,
  connectionList: (tenantId: string | undefined, provider: string | undefined) =>
    [...queryKeys.connections(tenantId), 'list', provider ?? null] as const,
  connection: (tenantId: string | undefined, id: string) => [...queryKeys.connections(tenantId), 'one', id] as const,
}
