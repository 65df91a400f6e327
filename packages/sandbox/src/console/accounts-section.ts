import { html } from 'hono/html'
import { headerOf } from '../gmail/mime.ts'
import { readHead } from '../gmail/stored-mail.ts'
import type { Markup } from '../http/page.ts'
import type { AccountState, StoredEventState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'

const HOUR = 3_600_000
const SHOWN = 10

/** Mailboxes and calendars, one account after the other. */
export function accountsSection(world: World): Markup {
  return html`<section id="mailboxes" aria-labelledby="mailboxes-title">
    <h2 id="mailboxes-title">Mailboxes and calendars</h2>
    ${world.state.accounts.map((account) => showAccount(world, account))}
    <h3>Create an account</h3>
    <form method="post" action="/console/accounts">
      <label>Address <input type="email" name="address" required /></label>
      <label>Name <input name="name" /></label>
      <div class="actions"><button>Create account</button></div>
    </form>
  </section>`
}

function showAccount(world: World, account: AccountState): Markup {
  const path = `/console/accounts/${encodeURIComponent(account.address)}`
  const tomorrow = Math.ceil(world.clock.now() / HOUR) * HOUR + 24 * HOUR
  const field = (time: number) => new Date(time).toISOString().slice(0, 16)
  const events =
    account.calendars.find((calendar) => calendar.primary)?.events.filter(({ resource }) => resource.status !== 'cancelled') ?? []
  return html`<details name="account">
    <summary>${account.address}</summary>
    <ul id="mail-${account.address}">
      ${account.mailbox.messages
        .slice(-SHOWN)
        .toReversed()
        .map((message) => {
          const mail = readHead(message)
          return html`<li>
            ${headerOf(mail, 'subject') || '(no subject)'}
            <span class="soft">${headerOf(mail, 'from')} · ${message.labelIds.join(', ')}</span>
          </li>`
        })}
    </ul>
    <h3>Send a mail to this mailbox</h3>
    <form method="post" action="${path}/messages" enctype="multipart/form-data">
      <label>From <input name="from" value="Kim Customer &lt;kim@customer.test&gt;" /></label>
      <label>Subject <input name="subject" value="The printer on floor 3 is on fire" /></label>
      <label>Text <textarea name="text" rows="3">Please send someone.</textarea></label>
      <label>Or an .eml file (choose or drop) <input type="file" name="eml" accept=".eml,message/rfc822" /></label>
      <div class="actions"><button class="primary">Send mail</button></div>
    </form>
    <h3>Calendar</h3>
    <ul>
      ${events.map((event) => showEvent(path, event))}
    </ul>
    <form method="post" action="${path}/events">
      <label>Event <input name="summary" value="On-call" required /></label>
      <label>Start (UTC) <input type="datetime-local" name="start" value="${field(tomorrow)}" required /></label>
      <label>End (UTC) <input type="datetime-local" name="end" value="${field(tomorrow + HOUR)}" required /></label>
      <div class="actions"><button>Add event</button></div>
    </form>
  </details>`
}

function showEvent(path: string, { resource }: StoredEventState): Markup {
  const title = resource.summary ?? '(no title)'
  return html`<li>
    ${title} <span class="soft">${resource.start?.dateTime ?? resource.start?.date ?? ''}</span>
    <form class="inline" method="post" action="${path}/events/${resource.id}/move">
      <button name="moveBy" value="${String(HOUR)}" aria-label="Move ${title} by one hour">Move by one hour</button>
    </form>
    <form class="inline" method="post" action="${path}/events/${resource.id}/cancel">
      <button aria-label="Cancel ${title}">Cancel</button>
    </form>
  </li>`
}
