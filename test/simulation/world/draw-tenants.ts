import type { Chance } from '../chance.ts'
import type { SimulationOptions } from '../simulation-options.ts'
import { drawSharedMailboxes } from './draw-shared-mailboxes.ts'
import type { Site, Tenant } from './truth.ts'

/** Most have one to three connections, a few have thousands (a Pareto tail), two thirds of them mailboxes and one third calendars. */
export function drawTenants(chance: Chance, options: Required<SimulationOptions>): Tenant[] {
  const { connections, largest, whale, rotation, sharedMailboxes } = options
  // Several connections that live on one grant each have a token of their own, and a strict server ends the grant when the second refreshes. Google is not strict.
  const sharing = rotation === 'strict-family' ? 0 : 0.25
  const tenants: Tenant[] = whale > 0 ? [drawTenant(chance, 'whale', whale, sharing)] : []
  for (let left = connections - whale - sharedMailboxes; left > 0;) {
    const drawn = Math.floor((1 - chance.next()) ** -1)
    const size = Math.min(Math.max(drawn, 1), largest, left)
    tenants.push(drawTenant(chance, `tenant-${tenants.length}`, size, sharing))
    left -= size
  }
  return drawSharedMailboxes(chance.fork('shared-mailboxes'), tenants, { count: sharedMailboxes, sharing })
}

function drawTenant(chance: Chance, id: string, size: number, sharing: number): Tenant {
  const sites: Site[] = []
  for (let at = 0; at < size; at += 1) {
    const provider = chance.happens(2 / 3) ? 'gmail' : 'calendar'
    const before = sites.at(-1)
    // Every fourth calendar lives in the account of the one before.
    const shared = provider === 'calendar' && before?.provider === 'calendar' && chance.happens(sharing)
    const address = shared ? before.address : `box-${at}@${id}.test`
    sites.push({
      tenantId: id,
      provider,
      address,
      calendarId: provider === 'calendar' ? `team-${at}-${id}@group.calendar.google.com` : '',
      delegate: '',
      connectionId: null,
      state: 'new',
      since: 0,
      kills: [],
      everAway: false,
      everLost: false,
    })
  }
  return { id, sites, projectId: '', clientId: '', entra: null, gone: false }
}
