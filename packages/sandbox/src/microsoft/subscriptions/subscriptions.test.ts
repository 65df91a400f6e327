import { describe, expect, it } from 'vitest'
import { createSandbox } from '../../create-sandbox.ts'
import { json, NOON } from '../../testing/start-tenant.ts'
import { createVirtualClock } from '../../clock/virtual-clock.ts'
import { AGENT, callGraph, GRAPH, IDENTITY, refusalOf, SALES, startDirectory } from '../testing/start-directory.ts'

const URL_PUSH = 'https://helpdesk.example/api/email/webhooks/microsoft?key=a%20b'
const URL_LIFE = 'https://helpdesk.example/api/email/webhooks/microsoft/lifecycle'
const MINUTE = 60_000

interface Notification {
  subscriptionId: string
  clientState: string | null
  changeType?: string
  lifecycleEvent?: string
  tenantId: string
  resource?: string
  resourceData?: { id: string }
}

interface Post {
  url: string
  items: Notification[]
}

/** An app with a token of its own, and an endpoint that answers as `receive` says; by default as it should. */
async function startHook(receive?: (url: URL) => Response | undefined) {
  const posts: Post[] = []
  const validated: string[] = []
  const deliver = async (request: Request) => {
    const url = new URL(request.url)
    const special = receive?.(url)
    if (special) return special
    const token = url.searchParams.get('validationToken')
    if (token !== null) {
      validated.push(request.url)
      return new Response(token, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
    }
    posts.push({ url: request.url, items: (await json<{ value: Notification[] }>(new Response(await request.text()))).value })
    return new Response(null, { status: 202 })
  }
  const directory = startDirectory({ deliver })
  const { sandbox, microsoft, connectApp } = directory
  const bearer = await connectApp()
  const call = (method: string, path: string, body?: unknown, as = bearer) =>
    callGraph(sandbox, as, method, path, body, { prefer: 'IdType="ImmutableId"' })
  const inMinutes = (minutes: number) => new Date(sandbox.clock.now() + minutes * MINUTE).toISOString()
  const subscribe = (more: Record<string, unknown> = {}, as = bearer) =>
    call(
      'POST',
      'subscriptions',
      {
        changeType: 'created',
        notificationUrl: URL_PUSH,
        lifecycleNotificationUrl: URL_LIFE,
        resource: `/users/${SALES}/mailFolders('inbox')/messages`,
        expirationDateTime: inMinutes(4230),
        clientState: 'EXAMPLE_state',
        ...more,
      },
      as,
    )
  const created = async (more: Record<string, unknown> = {}, as = bearer) => {
    const answer = await subscribe(more, as)
    expect(answer.status).toBe(201)
    return json<{ id: string; expirationDateTime: string; clientState: string }>(answer)
  }
  const send = (subject: string) => microsoft.deliverMail(SALES, { from: 'kim@customer.test', subject, text: 'x' })
  return { ...directory, bearer, call, subscribe, created, inMinutes, send, posts, validated }
}

describe('create', () => {
  it('asks both addresses first, keeps their query, and tells of what comes in', async () => {
    const { sandbox, directoryId, created, send, posts, validated, call } = await startHook()
    const { id, clientState } = await created()
    expect(clientState).toBe('EXAMPLE_state')
    expect(validated.map((url) => url.replace(/validationToken=[^&]+$/, 'validationToken=')).toSorted()).toEqual(
      [`${URL_PUSH}&validationToken=`, `${URL_LIFE}?validationToken=`].toSorted(),
    )
    const [a, b] = [send('a'), send('b')]
    await sandbox.settled()
    // What happened at once comes in one post.
    expect(posts.map(({ url, items }) => [url, items.map(({ resourceData }) => resourceData?.id)])).toEqual([[URL_PUSH, [a.id, b.id]]])
    expect(posts[0]?.items[0]).toMatchObject({ subscriptionId: id, clientState, changeType: 'created', tenantId: directoryId })
    const listed = await json<{ value: { id: string; clientState: null }[] }>(await call('GET', 'subscriptions'))
    expect(listed.value.map((subscription) => [subscription.id, subscription.clientState])).toEqual([[id, null]])
  })

  it('refuses an address that does not repeat the token', async () => {
    const answers: Record<string, () => Response> = {
      none: () => new Response('no', { status: 404 }),
      html: () => new Response('x', { headers: { 'content-type': 'text/html' } }),
      other: () => new Response('x', { headers: { 'content-type': 'text/plain' } }),
    }
    const { sandbox, subscribe, call } = await startHook((url) => answers[url.pathname.slice(1)]?.())
    for (const name of Object.keys(answers)) {
      const refused = await subscribe({ lifecycleNotificationUrl: `https://helpdesk.example/${name}` })
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { error: { code: 'InvalidRequest', message: expect.stringMatching(/^Subscription validation request failed\./) } },
      ])
    }
    expect(await json(await call('GET', 'subscriptions'))).toMatchObject({ value: [] })
    expect(await refusalOf(subscribe({ notificationUrl: 'http://helpdesk.example/' }))).toEqual([400, 'InvalidRequest'])
    expect(sandbox.deliveries.every(({ kind }) => kind === 'graph')).toBe(true)
  })

  it('knows its limits of time, text and number', async () => {
    const { sandbox, subscribe, created, inMinutes } = await startHook()
    expect(await refusalOf(subscribe({ expirationDateTime: inMinutes(4231) }))).toEqual([400, 'InvalidRequest'])
    expect(await refusalOf(subscribe({ expirationDateTime: inMinutes(-1) }))).toEqual([400, 'InvalidRequest'])
    expect(await refusalOf(subscribe({ clientState: 'x'.repeat(129) }))).toEqual([400, 'RequestBodyRead'])
    expect(await refusalOf(subscribe({ resource: '/users/sales/events' }))).toEqual([400, 'InvalidRequest'])
    expect(await refusalOf(subscribe({ changeType: 'opened' }))).toEqual([400, 'InvalidRequest'])
    expect((await created({ expirationDateTime: inMinutes(10) })).expirationDateTime).toBe(inMinutes(45))
    expect(await refusalOf(subscribe())).toEqual([409, 'Conflict'])
    const answers = await Promise.all([1, 2].map(() => subscribe({ changeType: 'deleted' })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    const state = sandbox.snapshot()
    const [first] = state.microsoft.subscriptions
    if (first === undefined) throw new Error('There is no subscription')
    state.microsoft.subscriptions.push(
      ...Array.from({ length: 998 }, (_, at) => ({ ...first, id: `s${at}`, notificationUrl: `https://x.test/${at}` })),
    )
    const full = createSandbox({ state, clock: createVirtualClock({ now: NOON, frozen: true }) })
    const token = state.microsoft.accessTokens.at(-1)?.token ?? ''
    const body = {
      changeType: 'created',
      notificationUrl: URL_PUSH,
      resource: `users/${SALES}/messages`,
      expirationDateTime: inMinutes(60),
    }
    expect(await refusalOf(callGraph(full, token, 'POST', 'subscriptions', body))).toEqual([403, 'ExtensionError'])
  })

  it('is forbidden without access, and unknown without the mailbox', async () => {
    const { microsoft, connect, subscribe } = await startHook()
    microsoft.createSharedMailbox({ address: 'other@acme.test' })
    const { access_token } = await connect(`${IDENTITY} ${GRAPH}`)
    const on = (address: string) => refusalOf(subscribe({ resource: `users/${address}/messages` }, access_token))
    expect(await on('other@acme.test')).toEqual([403, 'ExtensionError'])
    expect(await on('nobody@acme.test')).toEqual([404, 'ErrorInvalidUser'])
  })
})

describe('life', () => {
  it('of a person on a shared mailbox is valid, and silent', async () => {
    const { sandbox, microsoft, connect, created, send, posts, call } = await startHook()
    const { access_token } = await connect(`${IDENTITY} ${GRAPH}`)
    const { id } = await created({}, access_token)
    await created({ resource: 'me/messages' }, access_token)
    send('nobody hears')
    microsoft.deliverMail(AGENT, { from: 'kim@customer.test', subject: 'own', text: 'x' })
    await sandbox.settled()
    expect(posts.flatMap(({ items }) => items.map(({ resource }) => resource?.split('/')[1]))).toEqual([
      sandbox.snapshot().microsoft.recipients.find(({ address }) => address === AGENT)?.id,
    ])
    expect(microsoft.subscriptions().map((subscription) => subscription.silent)).toEqual([true, false])
    // Who did not create it does not find it.
    expect(await refusalOf(call('GET', `subscriptions/${id}`))).toEqual([404, 'ResourceNotFound'])
    expect((await call('GET', `subscriptions/${id}`, undefined, access_token)).status).toBe(200)
  })

  it('ends by the clock, is renewed, and deleted', async () => {
    const { sandbox, created, send, posts, call, inMinutes, connectApp } = await startHook()
    const { id } = await created({ expirationDateTime: inMinutes(60) })
    await sandbox.clock.advance(50 * MINUTE)
    const renewed = await json<{ expirationDateTime: string }>(
      await call('PATCH', `subscriptions/${id}`, { expirationDateTime: inMinutes(120) }),
    )
    expect(renewed.expirationDateTime).toBe(inMinutes(120))
    await sandbox.clock.advance(119 * MINUTE)
    send('heard')
    await sandbox.settled()
    await sandbox.clock.advance(MINUTE)
    send('not heard')
    await sandbox.settled()
    expect(posts).toHaveLength(1)
    const bearer = await connectApp()
    expect(await refusalOf(call('PATCH', `subscriptions/${id}`, { expirationDateTime: inMinutes(60) }, bearer))).toEqual([
      404,
      'ResourceNotFound',
    ])
    const again = await created({}, bearer)
    expect((await call('DELETE', `subscriptions/${again.id}`, undefined, bearer)).status).toBe(204)
    expect(await refusalOf(call('DELETE', `subscriptions/${again.id}`, undefined, bearer))).toEqual([404, 'ResourceNotFound'])
  })

  it('tells of what befalls it', async () => {
    const { sandbox, microsoft, created, send, posts, call } = await startHook()
    const { id } = await created()
    microsoft.missNotifications(id)
    await sandbox.settled()
    microsoft.requireReauthorization(id)
    await sandbox.settled()
    send('withheld')
    await sandbox.settled()
    expect((await call('POST', `subscriptions/${id}/reauthorize`)).status).toBe(204)
    send('told')
    await sandbox.settled()
    microsoft.removeSubscription(id)
    await sandbox.settled()
    expect(posts.map(({ url, items }) => [url, items.map(({ lifecycleEvent, clientState }) => [lifecycleEvent, clientState])])).toEqual([
      [URL_LIFE, [['missed', 'EXAMPLE_state']]],
      [URL_LIFE, [['reauthorizationRequired', 'EXAMPLE_state']]],
      [URL_PUSH, [[undefined, 'EXAMPLE_state']]],
      [URL_LIFE, [['subscriptionRemoved', 'EXAMPLE_state']]],
    ])
    expect(await refusalOf(call('PATCH', `subscriptions/${id}`, { expirationDateTime: 'x' }))).toEqual([404, 'ResourceNotFound'])
  })
})

describe('notifications', () => {
  it('are lost, doubled, late and out of order on demand', async () => {
    const { sandbox, created, send, posts } = await startHook()
    await created()
    const told = async (kind: 'drop' | 'duplicate' | 'latency' | 'reorder') => {
      posts.length = 0
      sandbox.faults.add({ delivery: 'graph', kind, times: 1, ms: 5000 })
      send(kind)
      await sandbox.settled()
      const early = posts.length
      await sandbox.clock.advance(10_000)
      return [early, posts.length]
    }
    expect(await told('drop')).toEqual([0, 0])
    expect(await told('duplicate')).toEqual([2, 2])
    expect(await told('latency')).toEqual([0, 1])
    expect(await told('reorder')).toEqual([0, 1])
  })

  it('are repeated for four hours, also by a sandbox that was started anew', async () => {
    let down = true
    const { sandbox, created, send, posts } = await startHook((url) =>
      down && !url.searchParams.has('validationToken') ? new Response(null, { status: 503 }) : undefined,
    )
    await created()
    const { id } = send('a')
    await sandbox.settled()
    const state = sandbox.snapshot()
    await sandbox.clock.advance(30 * MINUTE)
    down = false
    await sandbox.clock.advance(60 * MINUTE)
    expect(posts.map(({ items }) => items[0]?.resourceData?.id)).toEqual([id])
    down = true
    send('b')
    await sandbox.settled()
    await sandbox.clock.advance(5 * 60 * MINUTE)
    down = false
    await sandbox.clock.advance(5 * 60 * MINUTE)
    expect(posts).toHaveLength(1)
    const heard: string[] = []
    const clock = createVirtualClock({ now: NOON, frozen: true })
    const deliver = async (request: Request) => {
      heard.push(await request.text())
      return new Response(null, { status: 202 })
    }
    createSandbox({ state, clock, deliver })
    await clock.advance(MINUTE)
    expect(heard).toEqual([expect.stringContaining(id)])
  })
})
