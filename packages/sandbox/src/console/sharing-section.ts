import { html } from 'hono/html'
import type { Markup } from '../http/page.ts'
import type { AccountState, CalendarState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'

const ROLES = { freeBusyReader: 'see when it is busy', reader: 'see events', writer: 'change events', owner: 'do everything' }

/** Who else sees a calendar, and its end. */
export function showSharing(world: World, path: string, owner: AccountState, calendar: CalendarState): Markup {
  const own = `${path}/calendars/${encodeURIComponent(calendar.id)}`
  const others = world.state.accounts.filter((account) => account !== owner)
  const guests = others.flatMap(({ address, shared }) =>
    shared.filter((share) => share.owner === owner.address && share.calendarId === calendar.id).map(({ role }) => ({ address, role })),
  )
  return html`<ul>
      ${guests.map(
        ({ address, role }) =>
          html`<li>
            ${address} <span class="soft">may ${ROLES[role]}</span>
            <form class="inline" method="post" action="${own}/unshare">
              <button name="with" value="${address}" aria-label="Stop sharing: ${calendar.summary}, ${address}">Stop sharing</button>
            </form>
          </li>`,
      )}
    </ul>
    ${
      others.length > 0
        ? html`<form method="post" action="${own}/share">
            <label>
              Share with
              <select name="with">
                ${others.map(({ address }) => html`<option>${address}</option>`)}
              </select>
            </label>
            <label>
              May
              <select name="role">
                ${Object.entries(ROLES).map(([role, words]) => html`<option value="${role}">${words}</option>`)}
              </select>
            </label>
            <div class="actions"><button>Share</button></div>
          </form>`
        : ''
    }
    ${
      calendar.primary
        ? ''
        : html`<form method="post" action="${own}/delete" class="actions">
            <button aria-label="Delete calendar: ${calendar.summary}">Delete calendar</button>
          </form>`
    }`
}
