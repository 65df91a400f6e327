import { html } from 'hono/html'
import { listSeenCalendars } from '../calendar/find-calendar.ts'
import type { SeenCalendar } from '../calendar/find-calendar.ts'
import type { Markup } from '../http/page.ts'
import type { AccountState, CalendarState, EventResource } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { listSeries, listUpcoming } from './list-upcoming.ts'
import { showSharing } from './sharing-section.ts'

const HOUR = 3_600_000

/** The calendars in an account's list; those of its own can be changed. */
export function showCalendars(world: World, account: AccountState): Markup {
  const path = `/console/accounts/${encodeURIComponent(account.address)}`
  return html`<h3>Calendars</h3>
    ${listSeenCalendars(world, account).map((seen) => (seen.owner === account ? showOwn(world, path, seen) : showForeign(seen)))}
    <form method="post" action="${path}/calendars">
      <label>New calendar <input name="summary" placeholder="Team rota" required /></label>
      <label>Colour <input type="color" name="color" value="#4986e7" /></label>
      <div class="actions"><button>Create calendar</button></div>
    </form>`
}

function showForeign({ calendar, owner, role }: SeenCalendar): Markup {
  return html`<p>${calendar.summary} <span class="soft">${role}, shared by ${owner.address}</span></p>`
}

function showOwn(world: World, path: string, { owner, calendar, role }: SeenCalendar): Markup {
  const tomorrow = Math.ceil(world.clock.now() / HOUR) * HOUR + 24 * HOUR
  const field = (time: number) => new Date(time).toISOString().slice(0, 16)
  return html`<details id="calendar-${calendar.resourceId}">
    <summary>${calendar.summary} <span class="soft">${role}</span></summary>
    <ul>
      ${listSeries(calendar).map((series) => showEvent(path, calendar, series))}
      ${listUpcoming(calendar, world.clock.now()).map((event) => showEvent(path, calendar, event))}
    </ul>
    <form method="post" action="${path}/events">
      <input type="hidden" name="calendarId" value="${calendar.id}" />
      <label>Event <input name="summary" value="On-call" required /></label>
      <label>Start (UTC) <input type="datetime-local" name="start" value="${field(tomorrow)}" required /></label>
      <label>End (UTC) <input type="datetime-local" name="end" value="${field(tomorrow + HOUR)}" required /></label>
      <label>
        Repeat
        <select name="repeat">
          <option value="never">Once</option>
          <option value="daily">Every day</option>
          <option value="weekly">Every week</option>
        </select>
      </label>
      <div class="actions"><button>Add event</button></div>
    </form>
    ${showSharing(world, path, owner, calendar)}
  </details>`
}

function showEvent(path: string, calendar: CalendarState, resource: EventResource): Markup {
  const { recurrence, summary: title = '(no title)' } = resource
  const when = resource.start?.dateTime ?? resource.start?.date ?? ''
  const series = Array.isArray(recurrence) ? `series, ${recurrence.join(' ')}` : ''
  const name = `${title}, ${series ? 'the whole series' : when}`
  const act = (action: string, button: Markup) =>
    html`<form class="inline" method="post" action="${path}/events/${encodeURIComponent(resource.id)}/${action}">
      <input type="hidden" name="calendarId" value="${calendar.id}" />${button}
    </form>`
  return html`<li>
    ${title} <span class="soft">${when} ${series || (resource['recurringEventId'] ? 'of a series' : '')}</span>
    ${act('move', html`<button name="moveBy" value="${String(HOUR)}" aria-label="Move by one hour: ${name}">Move by one hour</button>`)}
    ${act('cancel', html`<button aria-label="Cancel: ${name}">Cancel</button>`)}
  </li>`
}
