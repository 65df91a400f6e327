import { isTenantryError } from '@tenantry/sdk/errors'
import { changesFor, complete, consent, createGoogleApp } from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import type { Owners } from './owners.ts'
import type { Site, Tenant, Truth } from './truth.ts'

/** What admins and users do, through the host's own pages. */
export interface People {
  setUp(tenant: Tenant): Promise<void>
  /** @returns whether it is connected now */
  connect(site: Site): Promise<boolean>
  disconnect(site: Site): Promise<boolean>
  saveSecret(tenant: Tenant, value: string): Promise<boolean>
  redrive(site: Site): Promise<boolean>
  remove(tenant: Tenant): Promise<boolean>
}

interface PeopleParts {
  readonly front: TestTenantry
  readonly truth: Truth
  readonly owners: Owners
  readonly createAccount: (site: Site) => void
  /** What a verb threw. */
  readonly failed: (error: unknown) => void
}

export function createPeople({ front, truth, owners, createAccount, failed }: PeopleParts): People {
  const { sdk } = front
  const principalOf = ({ tenantId }: Pick<Site, 'tenantId'>) => ({ tenantId, userId: 'admin', displayName: 'Admin' })
  const verbsOf = ({ provider }: Site) => (provider === 'gmail' ? sdk.gmail : sdk.calendar)
  /** A person is shown an error, and tries again some other time. */
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      return (await work()) !== false
    } catch (error) {
      failed(error)
      if (!isTenantryError(error)) throw error
      return false
    }
  }

  return {
    async setUp(tenant) {
      const setup = await createGoogleApp(front)
      tenant.projectId = setup.projectId
      tenant.clientId = setup.clientId
      for (const site of tenant.sites) createAccount(site)
      await sdk.google.save({ principal: principalOf({ tenantId: tenant.id }), changes: changesFor(setup) })
    },
    connect: (site) =>
      attempt(async () => {
        const principal = principalOf(site)
        const { connectionId } = site
        const name = `${site.provider} of ${site.tenantId}`
        const first = () =>
          site.provider === 'gmail'
            ? sdk.gmail.connect({ principal, settings: { name, mailbox: site.address } })
            : sdk.calendar.connect({ principal, settings: { name, calendarId: site.calendarId } })
        const begun = connectionId === null ? await first() : await verbsOf(site).reconnect({ principal, connectionId })
        const back = consent(front, begun, { address: site.address })
        owners.learnCode(new URL(back).searchParams.get('code') ?? '', { tenantId: site.tenantId, address: site.address })
        const { outcome } = await complete(front, begun, back, principal)
        if (outcome === 'connected') truth.bind(site, begun.connectionId)
        return outcome === 'connected'
      }),
    disconnect: (site) => attempt(() => verbsOf(site).disconnect({ principal: principalOf(site), connectionId: site.connectionId ?? '' })),
    saveSecret: (tenant, value) =>
      attempt(() =>
        sdk.google.save({ principal: principalOf({ tenantId: tenant.id }), changes: { clientSecret: { action: 'replace', value } } }),
      ),
    redrive: (site) => attempt(() => verbsOf(site).redrive({ principal: principalOf(site), connectionId: site.connectionId ?? '' })),
    remove: (tenant) => attempt(() => sdk.tenants.delete({ tenantId: tenant.id })),
  }
}
