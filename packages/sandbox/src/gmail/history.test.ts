import { describe, expect, it } from 'vitest'
import { startMailbox } from '../testing/start-mailbox.ts'
import { json, SUPPORT } from '../testing/start-tenant.ts'

const refusal = { error: { code: 400, message: 'Invalid pageToken', status: 'INVALID_ARGUMENT', errors: [{ reason: 'invalidArgument' }] } }

describe('history types', () => {
  it('can be several: a message that leaves Spam is a label change, and not an addition', async () => {
    const { google, history, profile } = await startMailbox()
    const { historyId: start } = await profile()
    const spam = google.deliverMail(SUPPORT, { from: 'a@x.test', subject: 's', text: 't', labels: ['SPAM'] })
    google.changeLabels(SUPPORT, spam.id, { add: ['INBOX'], remove: ['SPAM'] })
    google.deleteMessage(SUPPORT, spam.id)
    const types = async (...names: string[]) =>
      ((await history(start, names.map((name) => `&historyTypes=${name}`).join(''))).history ?? []).map(
        (record) => Object.keys(record).filter((key) => key !== 'id' && key !== 'messages')[0],
      )
    expect(await types('messageAdded', 'labelAdded')).toEqual(['messagesAdded', 'labelsAdded'])
    expect(await types('labelRemoved', 'messageDeleted')).toEqual(['labelsRemoved', 'messagesDeleted'])
    expect(await types()).toEqual(['messagesAdded', 'labelsAdded', 'labelsRemoved', 'messagesDeleted'])
    const { history: records = [] } = await history(start, '&historyTypes=labelAdded&historyTypes=messageAdded&labelId=INBOX')
    expect(records.map(({ labelsAdded }) => labelsAdded)).toEqual([
      [{ message: { id: spam.id, threadId: spam.threadId, labelIds: ['SPAM', 'INBOX'] }, labelIds: ['INBOX'] }],
    ])
  })

  it('are refused when they do not exist', async () => {
    const { call } = await startMailbox()
    expect((await call('GET', 'history?startHistoryId=1&historyTypes=messageAdded,labelAdded')).status).toBe(400)
  })
})

describe('page tokens', () => {
  const startPages = async () => {
    const mailbox = await startMailbox()
    const { historyId: start } = await mailbox.profile()
    for (const subject of ['a', 'b', 'c']) mailbox.send(subject)
    const { nextPageToken: token = '' } = await mailbox.history(start, '&maxResults=1')
    const page = (from: string, pageToken: string) =>
      mailbox.call('GET', `history?startHistoryId=${from}&maxResults=1&pageToken=${encodeURIComponent(pageToken)}`)
    return { ...mailbox, start, token, page }
  }

  it('are good again and again, until they expire', async () => {
    const { google, start, token, page } = await startPages()
    const once = await json(await page(start, token))
    expect(await json(await page(start, token))).toEqual(once)
    google.expirePageTokens(SUPPORT)
    const late = await page(start, token)
    expect([late.status, await late.json()]).toMatchObject([400, refusal])
  })

  it('are good for the start they were given for only', async () => {
    const { send, start, token, page } = await startPages()
    const other = send('d').historyId
    for (const [from, pageToken] of [
      [other, token],
      [String(BigInt(start) + 1n), token],
      [start, 'CAEQAQ'],
      [start, ''],
      [start, `${token}x`],
    ] as const) {
      const refused = await page(from, pageToken)
      expect([refused.status, await refused.json()]).toMatchObject([400, refusal])
    }
  })

  it('belong to one mailbox and one listing', async () => {
    const { google, connect, sandbox, call, start, token, page } = await startPages()
    google.createAccount({ address: 'other@acme.test', historyId: start })
    const { access_token } = await connect(['https://www.googleapis.com/auth/gmail.readonly'], 'other@acme.test')
    const url = `${sandbox.endpoints.gmail}/gmail/v1/users/me/history?startHistoryId=${start}&pageToken=${token}`
    expect((await sandbox.fetch(new Request(url, { headers: { authorization: `Bearer ${access_token}` } }))).status).toBe(400)
    expect((await call('GET', `messages?pageToken=${token}`)).status).toBe(400)
    const { nextPageToken = '' } = await json<{ nextPageToken?: string }>(await call('GET', 'messages?maxResults=1'))
    expect((await page(start, nextPageToken)).status).toBe(400)
    expect((await call('GET', `messages?pageToken=${nextPageToken}`)).status).toBe(200)
    google.expirePageTokens(SUPPORT)
    expect((await call('GET', `messages?pageToken=${nextPageToken}`)).status).toBe(400)
  })
})
