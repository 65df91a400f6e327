import type { GoogleGateway } from '../../ports/index.ts'
import type { Choice } from '../choice.ts'
import type { ProviderCall } from '../provider.ts'

/** Labels that no inbound mail is chosen by: what is never imported, and states that change by reading. */
const notChosen = new Set(['SENT', 'DRAFT', 'SPAM', 'TRASH', 'UNREAD', 'CHAT'])

/** The mailbox's labels, Gmail's own first, the tenant's by name. */
export async function listGmailChoices(google: GoogleGateway, call: ProviderCall): Promise<{ labelIds: Choice[] }> {
  const labels = await google.gmail.listLabels({ accessToken: await call.accessToken() })
  const choices = labels
    .filter(({ id }) => !notChosen.has(id))
    .map(({ id, name, type }): Choice => ({ id, name, kind: type, detail: null, color: null, access: null }))
  const system = choices.filter(({ kind }) => kind === 'system')
  const user = choices.filter(({ kind }) => kind === 'user').toSorted((left, right) => (left.name < right.name ? -1 : 1))
  return { labelIds: [...system, ...user] }
}
