import { describe, expect, it } from 'vitest'
import { json } from '../../testing/start-tenant.ts'
import { AGENT, callGraph, refusalOf, SALES, startDirectory } from '../testing/start-directory.ts'
import { graphFault } from './graph-error.ts'

const IMMUTABLE = { prefer: 'IdType="ImmutableId"' }
const KIM = 'Kim <kim@customer.test>'

interface Page {
  value: { id: string; internetMessageId?: string; subject?: string; receivedDateTime?: string; '@removed'?: { reason: string } }[]
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
}

async function startMailbox() {
  const directory = startDirectory()
  const { sandbox, microsoft, connect } = directory
  const { access_token: token } = await connect()
  const get = (path: string, headers: Record<string, string> = {}) => callGraph(sandbox, token, 'GET', path, undefined, headers)
  const send = (subject: string) => microsoft.deliverMail(SALES, { from: KIM, subject, text: 'Hello' })
  const delta = async (link: string | null, headers: Record<string, string> = IMMUTABLE) =>
    json<Page>(await get(link ?? `users/${SALES}/mailFolders/inbox/messages/delta?$select=internetMessageId,subject`, headers))
  return { ...directory, token, get, send, delta }
}

/** The different names of a refused request: Graph says one in its header and its body. */
async function requestIdsOf(answer: Response): Promise<unknown[]> {
  const { error } = await json<{ error: { innerError: Record<string, unknown> } }>(answer)
  return [...new Set([answer.headers.get('request-id'), error.innerError['request-id']])]
}

describe('mailbox', () => {
  it('shows who signed in, folders, and messages as MIME', async () => {
    const { microsoft, get, send } = await startMailbox()
    expect(await json(await get('me'))).toMatchObject({ userPrincipalName: AGENT, mail: AGENT })
    const eml = 'From: a@x.test\r\nSubject: Tab\t\r\nMessage-ID: <1@x>\r\n\r\nbody\r\n'
    const { id } = microsoft.deliverMail(SALES, { eml })
    send('two')
    expect(await json(await get(`users/${SALES}/mailFolders/inbox`))).toMatchObject({
      displayName: 'Inbox',
      totalItemCount: 2,
      unreadItemCount: 2,
    })
    expect(await (await get(`users/${SALES}/messages/${id}/$value`)).text()).toBe(eml)
    expect(await json(await get(`users/${encodeURIComponent(SALES)}/messages/${id}`, IMMUTABLE))).toMatchObject({
      id,
      internetMessageId: '<1@x>',
    })
    expect((await json<{ id: string }>(await get(`users/${SALES}/messages/${id}`))).id).not.toBe(id)
    expect(await refusalOf(get(`users/${SALES}/messages/none`))).toEqual([404, 'ErrorItemNotFound'])
    expect(await requestIdsOf(await get(`users/${SALES}/messages/none`))).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)])
  })

  it('lists by time and by Message-ID, newest first', async () => {
    const { sandbox, get, send } = await startMailbox()
    const first = send("it's")
    await sandbox.clock.advance(60_500)
    const since = `${new Date(sandbox.clock.now()).toISOString().slice(0, 19)}Z`
    send('b')
    send('c')
    const list = async (query: string) => json<Page>(await get(`users/${SALES}/messages?${query}`))
    expect((await list('$select=subject')).value.map(({ subject }) => subject)).toHaveLength(3)
    const page = await list(`$filter=receivedDateTime ge ${since}&$orderby=receivedDateTime&$top=1`)
    expect(page.value.map(({ subject, receivedDateTime }) => [subject, receivedDateTime])).toEqual([['b', since]])
    const rest = await json<Page>(await get(page['@odata.nextLink'] ?? ''))
    expect([rest.value.map(({ subject }) => subject), rest['@odata.nextLink']]).toEqual([['c'], undefined])
    const query = new URLSearchParams({ $filter: `internetMessageId eq '${first.messageId}'` })
    expect((await list(query.toString())).value.map(({ subject }) => subject)).toEqual(["it's"])
    const bad = (text: string) => refusalOf(get(`users/${SALES}/messages?${text}`))
    expect(await bad('$filter=isRead eq false&$orderby=receivedDateTime')).toEqual([400, 'InefficientFilter'])
    expect(await bad('$filter=subject eq 1')).toEqual([400, 'BadRequest'])
    expect(await bad('$top=1001')).toEqual([400, 'ErrorInvalidUrlQuery'])
  })
})

describe('delta', () => {
  it('tells what is there page by page, then what came, moved and went', async () => {
    const { microsoft, send, delta } = await startMailbox()
    const [a, b, c] = [send('a'), send('b'), send('c')]
    const paged = { prefer: 'IdType="ImmutableId", odata.maxpagesize=2' }
    const first = await delta(null, paged)
    expect(first.value.map(({ id }) => id)).toEqual([a.id, b.id])
    expect(first['@odata.nextLink']).toContain(`/v1.0/users('sales%40acme.test')/mailFolders('inbox')/messages/delta?$skiptoken=`)
    const d = send('d')
    const second = await delta(first['@odata.nextLink'] ?? '', paged)
    expect([second.value.map(({ id }) => id), second['@odata.nextLink']]).toEqual([[c.id], undefined])
    const third = await delta(second['@odata.deltaLink'] ?? '')
    expect(third.value).toEqual([expect.objectContaining({ id: d.id, internetMessageId: d.messageId, subject: 'd' })])
    expect(await delta(third['@odata.deltaLink'] ?? '')).toMatchObject({ value: [] })
    microsoft.moveMessage(SALES, a.id, 'archive')
    microsoft.deleteMessage(SALES, b.id)
    microsoft.moveMessage(SALES, a.id, 'inbox')
    microsoft.moveMessage(SALES, c.id, 'archive')
    const fourth = await delta(third['@odata.deltaLink'] ?? '')
    expect(fourth.value).toEqual([
      expect.objectContaining({ id: a.id, subject: 'a' }),
      { id: b.id, '@removed': { reason: 'deleted' } },
      { id: c.id, '@removed': { reason: 'deleted' } },
    ])
  })

  it('gives other ids after a move to who does not ask for immutable ones', async () => {
    const { microsoft, send, delta } = await startMailbox()
    const { id } = send('a')
    microsoft.moveMessage(SALES, id, 'archive')
    microsoft.moveMessage(SALES, id, 'inbox')
    const first = await delta(null, {})
    expect(first.value).toHaveLength(1)
    microsoft.moveMessage(SALES, id, 'archive')
    microsoft.moveMessage(SALES, id, 'inbox')
    const second = await delta(first['@odata.deltaLink'] ?? '', {})
    expect(second.value).toHaveLength(1)
    expect(second.value[0]?.id).not.toBe(first.value[0]?.id)
  })

  it('begins at a time, and keeps to created ones where that is asked for', async () => {
    const { sandbox, microsoft, send, delta, graph } = await startMailbox()
    const old = send('old')
    await sandbox.clock.advance(60_000)
    const since = `${new Date(sandbox.clock.now()).toISOString().slice(0, 19)}Z`
    const { id } = send('new')
    const asked = `$filter=receivedDateTime ge ${since}&changeType=created`
    const first = await delta(`${graph}/v1.0/users/${SALES}/mailFolders/inbox/messages/delta?${asked}`)
    expect(first.value.map((message) => message.id)).toEqual([id])
    microsoft.deleteMessage(SALES, old.id)
    const next = send('next')
    expect((await delta(first['@odata.deltaLink'] ?? '')).value.map((message) => message.id)).toEqual([next.id])
  })

  it('tells of 5,000 at most where it begins at a time, and does not say so', async () => {
    const { send, delta, graph } = await startMailbox()
    for (let count = 0; count < 5_001; count += 1) send('many')
    const count = async (query: string) => {
      let [told, link] = [0, `${graph}/v1.0/users/${SALES}/mailFolders/inbox/messages/delta${query}` as string | undefined]
      while (link !== undefined) {
        const page = await delta(link, { prefer: 'odata.maxpagesize=1000' })
        told += page.value.length
        link = page['@odata.nextLink']
      }
      return told
    }
    expect(await count('?$filter=receivedDateTime ge 2020-01-01T00:00:00Z')).toBe(5_000)
    expect(await count('')).toBe(5_001)
  })

  it('holds for one mailbox, and ends', async () => {
    const { microsoft, get, delta } = await startMailbox()
    const { '@odata.deltaLink': link = '' } = await delta(null)
    const token = new URL(link).searchParams.get('$deltatoken') ?? ''
    expect(await refusalOf(get(`me/mailFolders/inbox/messages/delta?$deltatoken=${token}`))).toEqual([400, 'ErrorInvalidUrlQuery'])
    microsoft.expireDeltaLinks(SALES)
    expect(await refusalOf(get(link))).toEqual([410, 'SyncStateNotFound'])
  })
})

describe('access', () => {
  it('needs a token that is alive and for Graph', async () => {
    const { sandbox, microsoft, token, connect } = await startMailbox()
    const ask = (bearer: string) => refusalOf(callGraph(sandbox, bearer, 'GET', 'me'))
    expect(await ask('nonsense')).toEqual([401, 'InvalidAuthenticationToken'])
    const outlook = await connect('openid https://outlook.office.com/SMTP.Send')
    expect(await ask(outlook.access_token)).toEqual([401, 'InvalidAuthenticationToken'])
    microsoft.expireAccessTokens(AGENT)
    expect(await ask(token)).toEqual([401, 'InvalidAuthenticationToken'])
    const { access_token } = await connect()
    expect((await callGraph(sandbox, access_token, 'GET', 'me')).status).toBe(200)
    await sandbox.clock.advance(90 * 60_000)
    expect(await ask(access_token)).toEqual([401, 'InvalidAuthenticationToken'])
  })

  it('needs a shared scope, Full Access, and a mailbox', async () => {
    const { sandbox, microsoft, directoryId, get, connect } = await startMailbox()
    const inbox = (address: string) => refusalOf(get(`users/${address}/mailFolders/inbox`))
    microsoft.createUser({ address: 'unlicensed@acme.test', licensed: false })
    microsoft.createSharedMailbox({ address: 'onprem@acme.test', members: [AGENT], onPremises: true })
    microsoft.createSharedMailbox({ address: 'foreign@acme.test' })
    microsoft.createGroup({ address: 'group@acme.test' })
    microsoft.createContact({ address: 'contact@elsewhere.test', directoryId })
    microsoft.createGuest({ address: 'guest@elsewhere.test', directoryId })
    microsoft.createDirectory({ domain: 'other.test' })
    microsoft.createSharedMailbox({ address: 'sales@other.test' })
    microsoft.grantAccess({ mailbox: 'unlicensed@acme.test', to: AGENT, fullAccess: true })
    expect(await inbox('nobody@acme.test')).toEqual([404, 'ErrorInvalidUser'])
    expect(await inbox('sales@other.test')).toEqual([404, 'ErrorInvalidUser'])
    expect(await inbox('group@acme.test')).toEqual([403, 'ErrorGroupIsUsedInNonGroupURI'])
    expect(await inbox('contact@elsewhere.test')).toEqual([404, 'ResourceNotFound'])
    expect(await inbox('guest@elsewhere.test')).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
    expect(await inbox('unlicensed@acme.test')).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
    expect(await inbox('onprem@acme.test')).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
    expect(await inbox('foreign@acme.test')).toEqual([404, 'ErrorItemNotFound'])
    expect(await refusalOf(get('users/foreign@acme.test/messages'))).toEqual([403, 'ErrorAccessDenied'])
    microsoft.grantAccess({ mailbox: 'foreign@acme.test', to: AGENT, fullAccess: true })
    expect((await get('users/foreign@acme.test/mailFolders/inbox')).status).toBe(200)
    microsoft.revokeAccess({ mailbox: 'foreign@acme.test', from: AGENT })
    expect(await inbox('foreign@acme.test')).toEqual([404, 'ErrorItemNotFound'])
    microsoft.createUser({ address: 'plain@acme.test' })
    microsoft.grantAccess({ mailbox: SALES, to: 'plain@acme.test', fullAccess: true })
    const plain = await connect('openid https://graph.microsoft.com/Mail.ReadWrite', 'plain@acme.test')
    const ask = (path: string) => callGraph(sandbox, plain.access_token, 'GET', path)
    expect(await refusalOf(ask(`users/${SALES}/mailFolders/inbox`))).toEqual([403, 'ErrorAccessDenied'])
    expect((await ask('me/mailFolders/inbox')).status).toBe(200)
  })

  it('of an app reaches every mailbox with its roles, or those an admin names', async () => {
    const { sandbox, microsoft, directoryId, app, token, connectApp } = startDirectory()
    const withoutRoles = await json<{ access_token: string }>(
      await token({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' }),
    )
    const inbox = (bearer: string, mailbox = `users/${SALES}`) => callGraph(sandbox, bearer, 'GET', `${mailbox}/mailFolders/inbox`)
    expect(await refusalOf(inbox(withoutRoles.access_token))).toEqual([403, 'ErrorAccessDenied'])
    const bearer = await connectApp()
    expect((await inbox(bearer)).status).toBe(200)
    expect(await refusalOf(inbox(bearer, 'me'))).toEqual([400, 'BadRequest'])
    microsoft.restrictApp(app.clientId, [AGENT])
    expect(await refusalOf(inbox(bearer))).toEqual([403, 'ErrorAccessDenied'])
    expect((await inbox(bearer, `users/${AGENT}`)).status).toBe(200)
    expect(directoryId).toBeTruthy()
  })

  it('is throttled, by decree, by fault, and when five call one mailbox at once', async () => {
    const { sandbox, microsoft, get } = await startMailbox()
    const ask = () => get(`users/${SALES}/mailFolders/inbox`)
    sandbox.faults.add(graphFault('graph.folders.get', 429, 'ApplicationThrottled', { times: 1, retryAfter: 7 }))
    const faulty = await ask()
    expect([faulty.status, faulty.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await requestIdsOf(faulty)).toHaveLength(1)
    microsoft.limitMailbox(SALES, { throttled: true })
    expect(await refusalOf(ask())).toEqual([429, 'ApplicationThrottled'])
    microsoft.limitMailbox(SALES, { throttled: false })
    sandbox.faults.add({ operation: 'graph.folders.get', kind: 'latency', ms: 20 })
    const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 429])
  })

  it('is the same in every cloud', async () => {
    const { sandbox, microsoft, directoryId, app } = startDirectory()
    const { code } = microsoft.grantConsent({
      clientId: app.clientId,
      redirectUri: 'https://helpdesk.example/api/auth/microsoft/callback',
      address: AGENT,
      scope: 'openid https://microsoftgraph.chinacloudapi.cn/Mail.Read.Shared',
    })
    const { login, graph, resources } = sandbox.microsoftEndpoints.china
    expect(resources).toEqual({ graph: 'https://microsoftgraph.chinacloudapi.cn', outlook: 'https://partner.outlook.cn' })
    const form = {
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: 'https://helpdesk.example/api/auth/microsoft/callback',
      client_id: app.clientId,
      client_secret: app.clientSecret,
    }
    const answer = await sandbox.fetch(
      new Request(`${login}/${directoryId}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) }),
    )
    const { access_token, id_token } = await json<{ access_token: string; id_token: string }>(answer)
    expect(JSON.parse(atob(id_token.split('.')[1] ?? ''))).toMatchObject({
      iss: `https://login.partner.microsoftonline.cn/${directoryId}/v2.0`,
    })
    expect((await callGraph(sandbox, access_token, 'GET', `${graph}/v1.0/users/${SALES}/mailFolders/inbox`)).status).toBe(200)
  })
})
