import { html } from 'hono/html'
import { headerOf } from '../gmail/mime.ts'
import { readHead } from '../gmail/stored-mail.ts'
import type { Markup } from '../http/page.ts'
import type { AccountState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { showCalendars } from './calendars-section.ts'

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
    ${showCalendars(world, account)}
  </details>`
}
