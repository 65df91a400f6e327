import { html } from 'hono/html'
import type { Markup } from '../http/page.ts'
import type { World } from '../state/world.ts'
import { PRESETS } from './trouble-routes.ts'

const STEPS = [
  { label: '1 hour', ms: 3_600_000 },
  { label: '1 day', ms: 86_400_000 },
  { label: '7 days', ms: 604_800_000 },
]
const SHOWN = 30

/** The vendors' time. */
export function clockSection(world: World): Markup {
  return html`<section id="clock" aria-labelledby="clock-title">
    <h2 id="clock-title">Clock</h2>
    <p><time>${new Date(world.clock.now()).toUTCString()}</time></p>
    <form method="post" action="/console/clock" class="actions">
      ${STEPS.map(({ label, ms }) => html`<button name="advance" value="${String(ms)}">Advance ${label}</button>`)}
    </form>
  </section>`
}

/** Trouble on demand. */
export function faultsSection(world: World): Markup {
  const entries = world.faults.list().map(({ fault, hits }) => {
    const target = 'delivery' in fault ? `${fault.delivery} pushes` : String(fault.operation ?? fault.path ?? 'every call')
    return html`<li><code>${fault.kind}</code> on ${target} <span class="soft">hit ${String(hits)} times</span></li>`
  })
  return html`<section id="faults" aria-labelledby="faults-title">
    <h2 id="faults-title">Faults</h2>
    ${
      entries.length > 0
        ? html`<ul>
            ${entries}
          </ul>`
        : html`<p class="soft">None: all is well.</p>`
    }
    <form method="post" action="/console/faults">
      <label>
        Fault
        <select name="preset">
          ${Object.entries(PRESETS).map(([name, { label }]) => html`<option value="${name}">${label}</option>`)}
        </select>
      </label>
      <div class="actions"><button>Add fault</button></div>
    </form>
    <form method="post" action="/console/faults/clear" class="actions"><button>Remove all faults</button></form>
  </section>`
}

/** What clients asked, and what Google pushed. */
export function activitySection(world: World): Markup {
  const time = (at: number) => new Date(at).toISOString().slice(11, 19)
  return html`<section id="activity" class="wide" aria-labelledby="activity-title">
    <h2 id="activity-title">Activity</h2>
    <h3>Pushes</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Kind</th>
          <th scope="col">To</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        ${world.deliveries
          .slice(-SHOWN)
          .toReversed()
          .map(
            ({ at, kind, url, status, error }) =>
              html`<tr>
                <td>${time(at)}</td>
                <td>${kind}</td>
                <td>${url}</td>
                <td>${String(status ?? error)}</td>
              </tr>`,
          )}
      </tbody>
    </table>
    <h3>Calls</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Operation</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        ${world.requests
          .slice(-SHOWN)
          .toReversed()
          .map(
            ({ at, operation, status }) =>
              html`<tr>
                <td>${time(at)}</td>
                <td>${operation}</td>
                <td>${status === 0 ? 'connection lost' : String(status)}</td>
              </tr>`,
          )}
      </tbody>
    </table>
  </section>`
}
