import { base64url } from 'jose'
import { describe, expect, it } from 'vitest'
import { startMailbox } from '../testing/start-mailbox.ts'
import type { History } from '../testing/start-mailbox.ts'
import { callApi, GMAIL, json, SUPPORT } from '../testing/start-tenant.ts'
import type { startTenant } from '../testing/start-tenant.ts'

describe('history', () => {
  it('names what happened after the start, in order, and is absent when nothing did', async () => {
    const { google, send, history, profile } = await startMailbox()
    const { historyId: start } = await profile()
    expect(await history(start)).toEqual({ historyId: start })
    const { id } = send('a')
    google.changeLabels(SUPPORT, id, { add: ['STARRED'] })
    google.trashMessage(SUPPORT, id)
    google.deleteMessage(SUPPORT, id)
    const { history: records = [], historyId } = await history(start)
    expect(records.map((record) => Object.keys(record).find((key) => key !== 'id' && key !== 'messages'))).toEqual([
      'messagesAdded',
      'labelsAdded',
      'labelsAdded',
      'labelsRemoved',
      'messagesDeleted',
    ])
    expect(records.at(-1)?.id).toBe(historyId)
    const added = await history(start, '&historyTypes=messageAdded')
    expect(added.history?.map((record) => record.messagesAdded?.[0]?.message.id)).toEqual([id])
    expect((await history(start, '&labelId=STARRED&historyTypes=messageAdded')).history).toBeUndefined()
  })

  it('answers 404 to a start that is too old, by decree and by the clock', async () => {
    const { sandbox, google, send, call, profile, connect } = await startMailbox()
    const { historyId } = await profile()
    send('a')
    google.expireHistory(SUPPORT)
    const gone = await call('GET', `history?startHistoryId=${historyId}`)
    expect([gone.status, await gone.json()]).toMatchObject([404, { error: { code: 404, errors: [{ reason: 'notFound' }] } }])
    const now = (await profile()).historyId
    send('b')
    await sandbox.clock.advance(8 * 86_400_000)
    const { access_token } = await connect([GMAIL])
    const late = (start: string) =>
      callApi(sandbox, access_token, 'GET', `${sandbox.endpoints.gmail}/gmail/v1/users/me/history?startHistoryId=${start}`)
    expect((await late(now)).status).toBe(404)
    expect((await late(sandbox.snapshot().accounts[0]?.mailbox.historyId ?? '')).status).toBe(200)
  })

  it('keeps uint64 ids exact', async () => {
    const { google, connect, sandbox } = await startMailbox()
    google.createAccount({ address: 'big@acme.test', historyId: '9007199254740993' })
    const { access_token } = await connect([GMAIL], 'big@acme.test')
    const { historyId } = google.deliverMail('big@acme.test', { from: 'a@x.test', subject: 's', text: 't' })
    expect(BigInt(historyId) > 9007199254740993n).toBe(true)
    const reply = await callApi(
      sandbox,
      access_token,
      'GET',
      `${sandbox.endpoints.gmail}/gmail/v1/users/me/history?startHistoryId=9007199254740993`,
    )
    expect((await json<History>(reply)).history?.map(({ id }) => id)).toEqual([historyId])
  })
})

describe('messages', () => {
  it('come raw, full, as metadata and minimal', async () => {
    const { google, call } = await startMailbox()
    const eml = [
      'From: =?UTF-8?Q?J=C3=BCrgen?= <j@x.test>',
      'Subject: Two',
      '  lines',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'gr=C3=BCn',
      '--b--',
      '',
    ].join('\r\n')
    const { id } = google.deliverMail(SUPPORT, { eml })
    const get = async (format: string) => json<Record<string, unknown>>(await call('GET', `messages/${id}?format=${format}`))
    expect(new TextDecoder().decode(base64url.decode(String((await get('raw'))['raw'])))).toBe(eml)
    expect(await get('full')).toMatchObject({
      snippet: 'grün',
      payload: { mimeType: 'multipart/mixed', parts: [{ partId: '0', body: { data: base64url.encode('grün') } }] },
    })
    expect(await get('metadata')).toMatchObject({ payload: { headers: [{ name: 'From' }, { name: 'Subject', value: 'Two lines' }, {}] } })
    expect(await get('minimal')).not.toHaveProperty('payload')
    expect((await call('GET', `messages/${id}?format=purple`)).status).toBe(400)
    google.deleteMessage(SUPPORT, id)
    expect((await call('GET', `messages/${id}`)).status).toBe(404)
  })

  it('keep replies in the thread', async () => {
    const { google } = await startMailbox()
    const first = google.deliverMail(SUPPORT, { eml: 'Message-ID: <1@x>\r\nSubject: a\r\n\r\nx' })
    const reply = google.deliverMail(SUPPORT, { eml: 'Message-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\nSubject: Re: a\r\n\r\ny' })
    expect(reply.threadId).toBe(first.threadId)
    expect(reply.id).not.toBe(first.id)
  })

  it('are found by time, label and words, newest first, in pages', async () => {
    const { sandbox, google, send, call } = await startMailbox()
    send('old')
    await sandbox.clock.advance(60_000)
    const since = Math.floor(sandbox.clock.now() / 1000)
    const [b, c] = [send('b'), send('c')]
    google.trashMessage(SUPPORT, send('trash').id)
    const list = async (query: string) =>
      json<{ messages?: { id: string }[]; nextPageToken?: string }>(await call('GET', `messages?${query}`))
    const page = await list(`q=after:${since}&maxResults=1`)
    expect(page.messages?.map(({ id }) => id)).toEqual([c.id])
    const rest = await list(`q=after:${since}&maxResults=1&pageToken=${page.nextPageToken}`)
    expect([rest.messages?.map(({ id }) => id), rest.nextPageToken]).toEqual([[b.id], undefined])
    expect((await list('labelIds=TRASH&includeSpamTrash=true')).messages).toHaveLength(1)
    expect(await list('q=subject:nothing')).toEqual({ resultSizeEstimate: 0 })
    expect((await list('q=from:kim')).messages).toHaveLength(3)
  })

  it('show their bodies only to a scope that may read them', async () => {
    const { send, call } = await startMailbox(['https://www.googleapis.com/auth/gmail.metadata'])
    const { id } = send('a')
    expect((await call('GET', `messages/${id}?format=raw`)).status).toBe(403)
    expect((await call('GET', `messages/${id}?format=metadata`)).status).toBe(200)
    expect((await call('GET', 'messages?q=a')).status).toBe(403)
    expect((await call('POST', `messages/${id}/trash`)).status).toBe(403)
  })
})

describe('access', () => {
  it('ends with the token, the API switch, and for other mailboxes', async () => {
    const { sandbox, google, project, call, profile } = await startMailbox()
    expect(await profile()).toMatchObject({ emailAddress: SUPPORT, messagesTotal: 0 })
    const other = await callApi(sandbox, 'none', 'GET', `${sandbox.endpoints.gmail}/gmail/v1/users/me/profile`)
    expect([other.status, await other.json()]).toMatchObject([401, { error: { status: 'UNAUTHENTICATED' } }])
    google.setApi(project.projectId, 'gmail', false)
    const disabled = await json<{ error: { message: string; details: unknown[] } }>(await call('GET', 'profile'))
    expect(disabled.error.message).toContain(`Gmail API has not been used in project ${project.number} before or it is disabled`)
    expect(disabled.error.details).toContainEqual(
      expect.objectContaining({ links: [expect.objectContaining({ url: expect.stringContaining(project.number) })] }),
    )
    google.setApi(project.projectId, 'gmail', true)
    google.createAccount({ address: 'dana@acme.test' })
    const { access_token } = await startMailboxToken(sandbox)
    expect((await callApi(sandbox, access_token, 'GET', `${sandbox.endpoints.gmail}/gmail/v1/users/dana@acme.test/profile`)).status).toBe(
      403,
    )
    await sandbox.clock.advance(3_600_000)
    expect((await call('GET', 'profile')).status).toBe(401)
  })

  it('labels are listed by id and name', async () => {
    const { google, call } = await startMailbox()
    const { id } = google.createLabel(SUPPORT, 'Help')
    google.renameLabel(SUPPORT, id, 'Help desk')
    const { labels } = await json<{ labels: { id: string; name: string; type: string }[] }>(await call('GET', 'labels'))
    expect(labels).toContainEqual(expect.objectContaining({ id, name: 'Help desk', type: 'user' }))
    expect(labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' })
  })
})

describe('watch', () => {
  it('refuses foreign, missing and unreadable topics', async () => {
    const { sandbox, google, project, call } = await startMailbox()
    const watch = async (topicName: string, more = {}) => {
      const response = await call('POST', 'watch', { topicName, ...more })
      return [response.status, (await json<{ error: { message: string } }>(response)).error.message]
    }
    expect(await watch('projects/other-project/topics/t')).toEqual([
      400,
      `Invalid topicName does not match projects/${project.projectId}/topics/*`,
    ])
    const own = `projects/${project.projectId}/topics/mail`
    expect((await watch(own))[0]).toBe(404)
    google.grantRole(project.projectId, `user:${SUPPORT}`, 'roles/pubsub.admin')
    const { access_token } = await startMailboxToken(sandbox, 'https://www.googleapis.com/auth/pubsub')
    await callApi(sandbox, access_token, 'PUT', `${sandbox.endpoints.pubsub}/${own}`, {})
    expect(await watch(own)).toEqual([
      403,
      `Error sending test message to Cloud PubSub ${own} : User not authorized to perform this action.`,
    ])
    const policy = { bindings: [{ role: 'roles/pubsub.publisher', members: ['serviceAccount:gmail-api-push@system.gserviceaccount.com'] }] }
    await callApi(sandbox, access_token, 'POST', `${sandbox.endpoints.pubsub}/${own}:setIamPolicy`, { policy })
    await callApi(sandbox, access_token, 'POST', `${sandbox.endpoints.pubsub}/${own}2:setIamPolicy`, { policy })
    expect((await call('POST', 'watch', { topicName: own, labelIds: ['INBOX'] })).status).toBe(200)
    expect((await call('POST', 'watch', { topicName: own })).status).toBe(200)
    await callApi(sandbox, access_token, 'PUT', `${sandbox.endpoints.pubsub}/${own}2`, {})
    await callApi(sandbox, access_token, 'POST', `${sandbox.endpoints.pubsub}/${own}2:setIamPolicy`, { policy })
    expect((await watch(`${own}2`))[1]).toBe('Only one user push notification client allowed per developer (call /stop then try again)')
    expect((await watch(own, { labelIds: ['Label_none'] }))[0]).toBe(400)
    expect((await call('POST', 'stop')).status).toBe(204)
    expect((await call('POST', 'stop')).status).toBe(204)
    expect((await call('POST', 'watch', { topicName: `${own}2` })).status).toBe(200)
  })
})

async function startMailboxToken(sandbox: ReturnType<typeof startTenant>['sandbox'], scope = GMAIL): Promise<{ access_token: string }> {
  const client = sandbox.snapshot().clients[0]
  const redirectUri = client?.redirectUris[0] ?? ''
  const { code } = sandbox.google.grantConsent({ clientId: client?.clientId ?? '', redirectUri, address: SUPPORT, scopes: [scope] })
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: client?.clientId ?? '',
    client_secret: client?.secrets[0] ?? '',
  }
  return json(await sandbox.fetch(new Request(sandbox.endpoints.token, { method: 'POST', body: new URLSearchParams(form) })))
}
