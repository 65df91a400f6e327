import type { Sandbox } from '@tenantry/sandbox'
import { createMicrosoftApp } from '@tenantry/sdk/testing'
import type { MicrosoftSetup } from '@tenantry/sdk/testing'
import type { SimulatedTenantry } from './simulated-tenantry.ts'
import type { Tenant } from './truth.ts'

/** The directory of a tenant at Microsoft, with everybody who is in it, and the tenant's own app there. */
export function openOffice({ microsoft }: Sandbox, front: SimulatedTenantry, { id, sites }: Tenant): MicrosoftSetup {
  const { directoryId } = microsoft.createDirectory({ domain: `${id}.office.test` })
  for (const address of new Set(sites.map(({ delegate }) => delegate))) if (address !== '') microsoft.createUser({ address })
  for (const { provider, address, delegate } of sites)
    if (provider === 'sharedMailbox') microsoft.createSharedMailbox({ address, members: delegate === '' ? [] : [delegate] })
  return createMicrosoftApp({ sdk: front.sdk, sandbox: { microsoft } }, { directoryId })
}
