import { callApi, GMAIL, json, startTenant, SUPPORT } from './start-tenant.ts'

interface Change {
  message: { id: string; threadId: string; labelIds: string[] }
  labelIds?: string[]
}

/** An answer of `users.history.list`. */
export interface History {
  history?: { id: string; messagesAdded?: Change[]; messagesDeleted?: Change[]; labelsAdded?: Change[]; labelsRemoved?: Change[] }[]
  historyId: string
  nextPageToken?: string
}

/** A tenant whose mailbox is connected, and the Gmail calls it makes. */
export async function startMailbox(scopes = [GMAIL]) {
  const tenant = startTenant()
  const { sandbox, google } = tenant
  const { access_token } = await tenant.connect(scopes)
  const call = (method: string, path: string, body?: unknown) =>
    callApi(sandbox, access_token, method, `${sandbox.endpoints.gmail}/gmail/v1/users/me/${path}`, body)
  const send = (subject: string, text = 'Hello') => google.deliverMail(SUPPORT, { from: 'Kim <kim@customer.test>', subject, text })
  const history = async (start: string, more = '') => json<History>(await call('GET', `history?startHistoryId=${start}${more}`))
  const profile = async () => json<{ historyId: string; emailAddress: string; messagesTotal: number }>(await call('GET', 'profile'))
  return { ...tenant, call, send, history, profile }
}
