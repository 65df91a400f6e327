import { TenantryError } from '../../errors/index.ts'
import type { SecretRef, SecretsProvider, StoredSecret } from '../../ports/index.ts'
import { manualClockStart } from './manual-clock.ts'

/** Keeps secrets in this process, for tests and demonstrations: nothing is encrypted and nothing survives. */
export function createMemorySecrets(options: { readonly now?: () => number } = {}): SecretsProvider {
  const now = options.now ?? (() => manualClockStart)
  const tenants = new Map<string, Map<string, StoredSecret>>()
  // One counter for all, so that a version never comes back after a secret was destroyed and stored again.
  let puts = 0

  const find = (ref: SecretRef): StoredSecret | undefined => tenants.get(ref.tenantId)?.get(ref.name)

  return {
    async get(ref) {
      return find(ref) ?? null
    },
    async put(ref, value, ifVersion) {
      if ((find(ref)?.version ?? 'absent') !== ifVersion) throw new TenantryError('conflict')
      puts += 1
      const stamp = { version: `v${puts}`, createdAt: now() }
      const secrets = tenants.get(ref.tenantId) ?? new Map<string, StoredSecret>()
      tenants.set(ref.tenantId, secrets.set(ref.name, { ...stamp, value }))
      return stamp
    },
    async destroy(ref) {
      tenants.get(ref.tenantId)?.delete(ref.name)
    },
    async destroyTenant(tenantId) {
      tenants.delete(tenantId)
    },
  }
}
