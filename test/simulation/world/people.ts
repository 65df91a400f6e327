import type { Sandbox } from '@tenantry/sandbox'
import { isTenantryError } from '@tenantry/sdk/errors'
import { changesFor, changesForMicrosoft, complete, consent, createGoogleApp } from '@tenantry/sdk/testing'
import { openOffice } from './office.ts'
import type { Owners } from './owners.ts'
import type { SimulatedTenantry } from './simulated-tenantry.ts'
import { accountOf, isPostedTo } from './truth.ts'
import type { Site, Tenant, Truth } from './truth.ts'

/** What admins and users do, through the host's own pages. */
export interface People {
  setUp(tenant: Tenant): Promise<void>
  /** @returns whether it is connected now */
  connect(site: Site): Promise<boolean>
  disconnect(site: Site): Promise<boolean>
  saveSecret(tenant: Tenant, value: string): Promise<boolean>
  saveEntraSecret(tenant: Tenant, value: string): Promise<boolean>
  redrive(site: Site): Promise<boolean>
  remove(tenant: Tenant): Promise<boolean>
}

interface PeopleParts {
  readonly front: SimulatedTenantry
  readonly sandbox: Sandbox
  readonly truth: Truth
  readonly owners: Owners
  readonly createAccount: (site: Site) => void
  /** What a verb threw. */
  readonly failed: (error: unknown) => void
}

export function createPeople({ front, sandbox, truth, owners, createAccount, failed }: PeopleParts): People {
  const { sdk } = front
  const principalOf = ({ tenantId }: Pick<Site, 'tenantId'>) => ({ tenantId, userId: 'admin', displayName: 'Admin' })
  const verbsOf = ({ provider }: Site) => sdk[provider]
  const firstConnect = (site: Site) => {
    const principal = principalOf(site)
    const name = `${site.provider} of ${site.tenantId}`
    if (site.provider === 'gmail') return sdk.gmail.connect({ principal, settings: { name, mailbox: site.address } })
    if (site.provider === 'calendar') return sdk.calendar.connect({ principal, settings: { name, calendarId: site.calendarId } })
    const receive = isPostedTo(site) ? 'webhook' : 'delta'
    return sdk.sharedMailbox.connect({ principal, settings: { name, mailbox: site.address, send: 'graph', receive } })
  }
  /** Signs in, or approves, and where that leads. */
  const agree = (site: Site, begun: Awaited<ReturnType<typeof firstConnect>>): string => {
    const { authorizationUrl } = begun
    if (site.provider !== 'sharedMailbox') return consent(front, begun, { address: site.address })
    return isPostedTo(site)
      ? sandbox.microsoft.grantAdminConsent({ adminConsentUrl: authorizationUrl }).redirectTo
      : sandbox.microsoft.grantConsent({ authorizationUrl, address: site.delegate }).redirectTo
  }
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
      const principal = principalOf({ tenantId: tenant.id })
      const google = tenant.sites.filter(({ provider }) => provider !== 'sharedMailbox')
      if (google.length > 0) {
        const setup = await createGoogleApp(front)
        tenant.projectId = setup.projectId
        tenant.clientId = setup.clientId
        for (const site of google) createAccount(site)
        await sdk.google.save({ principal, changes: changesFor(setup) })
      }
      if (google.length === tenant.sites.length) return
      const office = openOffice(sandbox, front, tenant)
      tenant.entra = { directoryId: office.directoryId, clientId: office.clientId, secretId: office.secretId }
      await sdk.microsoft.save({ principal, changes: changesForMicrosoft(office) })
    },
    connect: (site) =>
      attempt(async () => {
        const principal = principalOf(site)
        const { connectionId } = site
        const begun = connectionId === null ? await firstConnect(site) : await verbsOf(site).reconnect({ principal, connectionId })
        const back = agree(site, begun)
        const code = new URL(back).searchParams.get('code')
        // An approval of the app brings none.
        if (code !== null) owners.learnCode(code, { tenantId: site.tenantId, address: accountOf(site) })
        const { outcome } = await complete(front, begun, back, principal)
        if (outcome === 'connected') truth.bind(site, begun.connectionId)
        return outcome === 'connected'
      }),
    disconnect: (site) => attempt(() => verbsOf(site).disconnect({ principal: principalOf(site), connectionId: site.connectionId ?? '' })),
    saveSecret: (tenant, value) =>
      attempt(() =>
        sdk.google.save({ principal: principalOf({ tenantId: tenant.id }), changes: { clientSecret: { action: 'replace', value } } }),
      ),
    saveEntraSecret: (tenant, value) =>
      attempt(() =>
        sdk.microsoft.save({ principal: principalOf({ tenantId: tenant.id }), changes: { clientSecret: { action: 'replace', value } } }),
      ),
    redrive: (site) => attempt(() => verbsOf(site).redrive({ principal: principalOf(site), connectionId: site.connectionId ?? '' })),
    remove: (tenant) => attempt(() => sdk.tenants.delete({ tenantId: tenant.id })),
  }
}
