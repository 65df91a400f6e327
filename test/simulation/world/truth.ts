/** One connection as the people of a tenant know it. */
export interface Site {
  readonly tenantId: string
  readonly provider: 'gmail' | 'calendar' | 'sharedMailbox'
  /** The account; of a shared mailbox its own. */
  readonly address: string
  /** Of a calendar. */
  readonly calendarId: string
  /** Of a shared mailbox: who signs in; nobody where the app holds the grant. */
  readonly delegate: string
  connectionId: string | null
  /** `revoked`: the plan killed its grant. `away`: a person disconnected it. `gone`: its tenant was deleted. */
  state: 'new' | 'joining' | 'live' | 'revoked' | 'away' | 'gone'
  since: number
  /** When the plan killed its grant, and until when it was dead. Epoch milliseconds. */
  readonly kills: { readonly from: number; to: number }[]
  /** A person disconnected it at some time: what changed meanwhile is not told. */
  everAway: boolean
  /** Its place in the feed was too old at some time: what came since is searched by the time that it arrived. */
  everLost: boolean
}

export interface Tenant {
  readonly id: string
  readonly sites: Site[]
  projectId: string
  clientId: string
  /** Of a tenant with shared mailboxes. */
  entra: EntraApp | null
  gone: boolean
}

export interface EntraApp {
  readonly directoryId: string
  readonly clientId: string
  /** Of the secret in use. */
  secretId: string
}

/** Something that a host must be told, or may. */
export interface Item {
  readonly id: string
  readonly site: Site
  readonly at: number
  must: boolean
  /** Somebody had put it away. */
  broughtBack: boolean
}

/** What is so in the simulated world, known only to the simulation. */
export interface Truth {
  readonly tenants: readonly Tenant[]
  readonly sites: readonly Site[]
  readonly items: Map<string, Item>
  tenantOf(site: Site): Tenant
  siteByConnection(connectionId: string): Site | undefined
  bind(site: Site, connectionId: string): void
  /** Those that live on one grant: the same account at the same client, or the same person for several mailboxes. */
  sharers(site: Site): readonly Site[]
  sharersOf(account: string): readonly Site[]
  tenantByProject(projectId: string): Tenant | undefined
  tenantByClient(clientId: string): Tenant | undefined
  /** The mailbox of an account, or a calendar by its id. */
  mailboxOf(address: string): Site | undefined
  calendar(calendarId: string): Site | undefined
  sharedMailbox(address: string): Site | undefined
}

/** A mailbox that Graph posts to, because the app itself holds its grant. */
export const isPostedTo = ({ provider, delegate }: Pick<Site, 'provider' | 'delegate'>): boolean =>
  provider === 'sharedMailbox' && delegate === ''

/** Who signed in for it. */
export const accountOf = ({ delegate, address }: Site): string => (delegate === '' ? address : delegate)

export function createTruth(tenants: readonly Tenant[]): Truth {
  const sites = tenants.flatMap((tenant) => tenant.sites)
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
  const byConnection = new Map<string, Site>()
  const byAccount = new Map<string, Site[]>()
  const mailboxes = new Map<string, Site>()
  const calendars = new Map<string, Site>()
  const sharedMailboxes = new Map<string, Site>()
  for (const site of sites) {
    byAccount.set(accountOf(site), [...(byAccount.get(accountOf(site)) ?? []), site])
    if (site.provider === 'gmail') mailboxes.set(site.address, site)
    else if (site.provider === 'calendar') calendars.set(site.calendarId, site)
    else sharedMailboxes.set(site.address, site)
  }
  const byProject = createLookup(tenants, ({ projectId }) => projectId)
  const byClient = createLookup(tenants, ({ clientId }) => clientId)
  const byEntraApp = createLookup(tenants, ({ entra }) => entra?.clientId ?? '')
  return {
    tenants,
    sites,
    items: new Map(),
    tenantOf: ({ tenantId }) => byId.get(tenantId) ?? missing(tenantId),
    siteByConnection: (connectionId) => byConnection.get(connectionId),
    bind(site, connectionId) {
      site.connectionId = connectionId
      byConnection.set(connectionId, site)
    },
    sharers: (site) => byAccount.get(accountOf(site)) ?? [],
    sharersOf: (account) => byAccount.get(account) ?? [],
    tenantByProject: byProject,
    tenantByClient: (clientId) => byClient(clientId) ?? byEntraApp(clientId),
    mailboxOf: (address) => mailboxes.get(address),
    calendar: (calendarId) => calendars.get(calendarId),
    sharedMailbox: (address) => sharedMailboxes.get(address),
  }
}

/** Names are given when a tenant is set up, and stay. */
function createLookup(tenants: readonly Tenant[], nameOf: (tenant: Tenant) => string): (name: string) => Tenant | undefined {
  const known = new Map<string, Tenant>()
  return (name) => {
    if (name !== '' && !known.has(name)) for (const tenant of tenants) if (nameOf(tenant) !== '') known.set(nameOf(tenant), tenant)
    return known.get(name)
  }
}

function missing(tenantId: string): never {
  throw new Error(`there is no tenant ${tenantId}`)
}
