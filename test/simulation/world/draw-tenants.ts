import type { Chance } from '../chance.ts'
import type { Site, Tenant } from './truth.ts'

/** Most have one to three connections, a few have thousands (a Pareto tail), two thirds of them mailboxes and one third calendars. */
export function drawTenants(chance: Chance, connections: number, largest: number): Tenant[] {
  const tenants: Tenant[] = []
  for (let left = connections; left > 0;) {
    const drawn = Math.floor((1 - chance.next()) ** -1)
    const size = Math.min(Math.max(drawn, 1), largest, left)
    tenants.push(drawTenant(chance, `tenant-${tenants.length}`, size))
    left -= size
  }
  return tenants
}

function drawTenant(chance: Chance, id: string, size: number): Tenant {
  const sites: Site[] = []
  for (let at = 0; at < size; at += 1) {
    const provider = chance.happens(2 / 3) ? 'gmail' : 'calendar'
    const before = sites.at(-1)
    // Every fourth calendar lives in the account of the one before.
    const shared = provider === 'calendar' && before?.provider === 'calendar' && chance.happens(0.25)
    const address = shared ? before.address : `box-${at}@${id}.test`
    sites.push({
      tenantId: id,
      provider,
      address,
      calendarId: provider === 'calendar' ? `team-${at}-${id}@group.calendar.google.com` : '',
      connectionId: null,
      state: 'new',
      since: 0,
      kills: [],
      everAway: false,
    })
  }
  return { id, sites, projectId: '', clientId: '', gone: false }
}
