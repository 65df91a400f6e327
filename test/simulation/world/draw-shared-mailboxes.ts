import type { Chance } from '../chance.ts'
import type { Site, Tenant } from './truth.ts'

interface Draw {
  readonly count: number
  /** How many of the people who sign in do so for more than one mailbox. */
  readonly sharing: number
}

/** One to four shared mailboxes each, for tenants that have Google too and for tenants that have nothing else. */
export function drawSharedMailboxes(chance: Chance, tenants: readonly Tenant[], { count, sharing }: Draw): Tenant[] {
  const all = [...tenants]
  for (let left = count, at = 0; left > 0; at += 1) {
    const known = chance.happens(0.5) ? tenants[at] : undefined
    const tenant = known ?? { id: `office-${at}`, sites: [], projectId: '', clientId: '', entra: null, gone: false }
    if (known === undefined) all.push(tenant)
    const size = Math.min(chance.between(1, 4), left)
    for (let box = 0; box < size; box += 1) tenant.sites.push(drawMailbox(chance, tenant, sharing))
    left -= size
  }
  return all
}

/** Half of them are polled with a person's sign-in, and half posted to with the app's own grant. */
function drawMailbox(chance: Chance, { id, sites }: Tenant, sharing: number): Site {
  const at = sites.length
  const others = sites.filter(({ delegate }) => delegate !== '')
  const same = chance.happens(sharing) ? others[0]?.delegate : undefined
  return {
    tenantId: id,
    provider: 'sharedMailbox',
    address: `desk-${at}@${id}.office.test`,
    calendarId: '',
    delegate: chance.happens(0.5) ? (same ?? `person-${at}@${id}.office.test`) : '',
    connectionId: null,
    state: 'new',
    since: 0,
    kills: [],
    everAway: false,
    everLost: false,
  }
}
