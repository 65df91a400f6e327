import { html } from 'hono/html'
import { headerOf } from '../gmail/mime.ts'
import type { Markup } from '../http/page.ts'
import { readHead } from '../microsoft/mail/stored-message.ts'
import type { RecipientState } from '../microsoft/state/recipient-state.ts'
import type { World } from '../state/world.ts'

const SHOWN = 10

/** A user's or a shared mailbox: its mail, and who may use it. */
export function showMailbox(world: World, box: RecipientState): Markup {
  const { address, kind, mailbox } = box
  const path = encodeURIComponent(address)
  return html`<details name="microsoft-box" id="box-${address}">
    <summary>${address} <span class="soft">${kind === 'shared' ? 'shared mailbox' : 'user'}</span></summary>
    <ul>
      ${(mailbox?.messages ?? [])
        .slice(-SHOWN)
        .toReversed()
        .map((message) => {
          const head = readHead(message)
          return html`<li>
            ${headerOf(head, 'subject') || '(no subject)'} <span class="soft">${headerOf(head, 'from')} · ${message.folder}</span>
          </li>`
        })}
    </ul>
    <h3>Send a mail to this mailbox</h3>
    <form method="post" action="/console/microsoft-mailboxes/${path}/messages" enctype="multipart/form-data">
      <label>From <input name="from" value="Kim Customer &lt;kim@customer.test&gt;" /></label>
      <label>Subject <input name="subject" value="An offer, please" /></label>
      <label>Text <textarea name="text" rows="3">Ten printers, delivered on Friday.</textarea></label>
      <label>Or an .eml file (choose or drop) <input type="file" name="eml" accept=".eml,message/rfc822" /></label>
      <div class="actions"><button class="primary">Send mail</button></div>
    </form>
    ${
      kind === 'shared'
        ? showAccess(world, box, path)
        : html`<form class="actions" method="post" action="/console/users/${path}/revoke-sessions">
            <button aria-label="Revoke sessions of ${address}">Revoke sessions</button>
          </form>`
    }
  </details>`
}

function showAccess(world: World, { rights, directoryId, address }: RecipientState, path: string): Markup {
  const { recipients } = world.state.microsoft
  const people = recipients.filter((person) => person.kind === 'user' && person.directoryId === directoryId && !person.removed)
  const box = (name: string, label: string, checked: boolean) =>
    html`<label class="choice"><input type="checkbox" name="${name}" ${checked ? 'checked' : ''} />${label}</label>`
  return html`<h3>Who may use it</h3>
    ${people.map((person) => {
      const right = rights.find(({ to }) => to === person.id)
      return html`<form method="post" action="/console/shared-mailboxes/${path}/access">
        <input type="hidden" name="to" value="${person.address}" />
        <p>${person.address}</p>
        ${box('fullAccess', 'Full Access', right?.fullAccess ?? false)} ${box('sendAs', 'Send As', right?.sendAs ?? false)}
        ${box('sendOnBehalf', 'Send on Behalf', right?.sendOnBehalf ?? false)}
        <div class="actions"><button aria-label="Save what ${person.address} may do with ${address}">Save</button></div>
      </form>`
    })}`
}
