import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ProviderRefusal } from '../../errors/index.ts'
import { googleScopes, parseServiceAccountKey } from '../../model/index.ts'
import type { ServiceAccountKey } from '../../model/index.ts'
import type { GoogleEndpoints, GoogleGateway, IamPolicy, UserCall } from '../../ports/index.ts'

/** The part of a local Google that the suite needs: the second door. `createSandbox()` of `@tenantry/sandbox` fits as it is. */
export interface GoogleGatewayWorld {
  readonly fetch: (request: Request) => Promise<Response>
  readonly endpoints: GoogleEndpoints
  readonly clock: { now(): number; advance(ms: number): Promise<void> }
  readonly faults: { add(fault: GatewayFault): unknown; clear(): void }
  readonly requests: readonly { readonly operation: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }[]
  clearRequests(): void
  readonly google: {
    createProject(options?: { projectId?: string }): { projectId: string }
    setApi(projectId: string, api: 'gmail' | 'calendar' | 'pubsub', enabled: boolean): void
    setOrgPolicy(projectId: string, policy: { domainRestrictedSharing: boolean }): void
    createClient(options: { projectId: string; redirectUris: string[] }): { clientId: string; clientSecret: string }
    createServiceAccount(options: { projectId: string; name?: string; roles?: string[] }): Promise<{ email: string; keyJson(): string }>
    deleteServiceAccountKeys(email: string): void
    createAccount(options: { address: string; mail?: boolean; seed?: boolean; historyId?: string }): { address: string }
    grantConsent(answer: { address: string; clientId: string; redirectUri: string; scopes: string[] }): { code: string }
    expireAccessTokens(address: string): void
    deliverMail(address: string, mail: { eml: Uint8Array }): { id: string; threadId: string; historyId: string }
    deleteMessage(address: string, id: string): void
    createLabel(address: string, name: string): { id: string; name: string }
    expireHistory(address: string): void
    createCalendar(address: string, options: { summary: string; id?: string; pushable?: boolean }): { id: string }
    createEvent(address: string, calendarId: string, event: { summary: string; start: number; end: number }): { id: string }
    cancelEvent(address: string, calendarId: string, eventId: string): void
    expireSyncTokens(address: string): void
  }
}

export interface GatewayFault {
  operation?: string | RegExp
  times?: number
  kind: 'latency' | 'reset' | 'status' | 'body' | 'redirect'
  ms?: number
  status?: number
  body?: string
  headers?: Record<string, string>
  contentType?: string
  to?: string
}

export interface GoogleGatewayUnderTest {
  /** Uses the world's endpoints, fetch and clock. */
  readonly gateway: GoogleGateway
  readonly world: GoogleGatewayWorld
  /** How long the gateway waits for an answer, in milliseconds; short, because the suite waits as long. */
  readonly deadlineMs: number
}

const redirectUri = 'https://app.example.com/api/auth/google/callback'
const publisher = { role: 'roles/pubsub.publisher', members: ['serviceAccount:gmail-api-push@system.gserviceaccount.com'] }
const nobody: UserCall = { accessToken: 'ya29.EXAMPLE_nobody' }
const year = 365 * 24 * 60 * 60_000

/** What every GoogleGateway keeps to, proven against a Google on localhost. None of it can be skipped. */
export function describeGoogleGateway(name: string, options: { create: () => Promise<GoogleGatewayUnderTest> }): void {
  describe(`${name}: GoogleGateway`, () => {
    let gateway: GoogleGateway
    let world: GoogleGatewayWorld
    let deadlineMs = 0
    let projectId = ''
    let client: { clientId: string; clientSecret: string }
    let key: ServiceAccountKey
    let address = ''
    let user: UserCall
    let count = 0

    const issueToken = async (owner: string, scopes: readonly string[]): Promise<UserCall> => {
      const { code } = world.google.grantConsent({ address: owner, clientId: client.clientId, redirectUri, scopes: [...scopes] })
      const form = { grant_type: 'authorization_code', code, client_id: client.clientId, client_secret: client.clientSecret, redirect_uri: redirectUri }
      const response = await world.fetch(new Request(world.endpoints.token, { method: 'POST', body: new URLSearchParams(form) }))
      const answer = (await response.json()) as { access_token?: string }
      return { accessToken: answer.access_token ?? '' }
    }

    const createAccount = async (account: { mail?: boolean; historyId?: string } = {}): Promise<UserCall> => {
      count += 1
      address = world.google.createAccount({ address: `person-${count}@acme.test`, seed: false, ...account }).address
      return issueToken(address, [...googleScopes.gmail, ...googleScopes.calendar])
    }

    const createKey = async (roles?: string[]): Promise<ServiceAccountKey> => {
      count += 1
      const account = await world.google.createServiceAccount({ projectId, name: `pusher-${count}`, ...(roles !== undefined && { roles }) })
      return parseServiceAccountKey(account.keyJson())
    }

    const newName = (kind: 'topics' | 'subscriptions', project = projectId): string => `projects/${project}/${kind}/tenantry-${(count += 1)}`

    const openTopic = async (bindings: IamPolicy['bindings'] = [publisher]): Promise<string> => {
      const topic = newName('topics')
      await gateway.pubsub.createTopic(key, topic, {})
      await gateway.pubsub.setTopicPolicy(key, topic, { ...(await gateway.pubsub.getTopicPolicy(key, topic)), bindings })
      return topic
    }

    const sent = (operation: string) => world.requests.filter((request) => request.operation === operation)

    beforeAll(async () => {
      const created = await options.create()
      gateway = created.gateway
      world = created.world
      deadlineMs = created.deadlineMs
      projectId = world.google.createProject().projectId
      client = world.google.createClient({ projectId, redirectUris: [redirectUri] })
      key = await createKey()
    })
    beforeEach(async () => {
      user = await createAccount()
      world.clearRequests()
    })
    afterEach(() => world.faults.clear())

    describe('Gmail', () => {
      it('reads the profile', async () => {
        const call = await createAccount({ historyId: '9007199254740993' })
        expect(await gateway.gmail.getProfile(call)).toEqual({ emailAddress: address, historyId: '9007199254740993' })
      })

      it('lists labels', async () => {
        const own = world.google.createLabel(address, 'Kunden & Partner')
        const labels = await gateway.gmail.listLabels(user)
        expect(labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' })
        expect(labels).toContainEqual({ ...own, type: 'user' })
      })

      it('watches and stops, again and again', async () => {
        const topicName = await openTopic()
        const watch = await gateway.gmail.watch(user, { topicName, labelIds: ['INBOX'], labelFilterBehavior: 'include' })
        expect(watch.historyId).toMatch(/^\d+$/)
        expect(watch.expiresAt - world.clock.now()).toBeGreaterThan(6 * 24 * 60 * 60_000)
        expect(JSON.parse(sent('gmail.watch')[0]?.body ?? '')).toEqual({ topicName, labelIds: ['INBOX'], labelFilterBehavior: 'include' })
        await gateway.gmail.watch(user, { topicName })
        expect(JSON.parse(sent('gmail.watch')[1]?.body ?? '')).toEqual({ topicName })
        await gateway.gmail.stop(user)
        await gateway.gmail.stop(user)
      })

      it('lists what was added since, in pages and by label', async () => {
        const { historyId } = await gateway.gmail.getProfile(user)
        const mails = [1, 2, 3].map((number) => world.google.deliverMail(address, { eml: encode(`Subject: ${number}\r\n\r\nHello`) }))
        const first = await gateway.gmail.listHistory(user, { startHistoryId: historyId, maxResults: 2 })
        expect(first.nextPageToken).not.toBeNull()
        const second = await gateway.gmail.listHistory(user, { startHistoryId: historyId, maxResults: 2, pageToken: first.nextPageToken ?? '' })
        expect(second.nextPageToken).toBeNull()
        expect([...first.added, ...second.added]).toEqual(mails.map(({ id, threadId }) => ({ messageId: id, threadId, labelIds: ['INBOX', 'UNREAD'] })))
        expect(second.historyId).toBe(mails[2]?.historyId)
        const elsewhere = await gateway.gmail.listHistory(user, { startHistoryId: historyId, labelId: 'SPAM' })
        expect(elsewhere).toEqual({ historyId: second.historyId, nextPageToken: null, added: [] })
      })

      it('reads a message byte for byte, also a large one', async () => {
        const eml = new Uint8Array(300_000).map((_, at) => (at * 31) % 256)
        const mail = world.google.deliverMail(address, { eml })
        const message = await gateway.gmail.getMessage(user, mail.id)
        expect(message.raw).toEqual(eml)
        expect(message).toMatchObject({ id: mail.id, threadId: mail.threadId, labelIds: ['INBOX', 'UNREAD'] })
        expect(Math.abs(message.internalDate - world.clock.now())).toBeLessThan(year)
      })

      it('lists messages by query and label', async () => {
        expect(await gateway.gmail.listMessages(user, { query: 'after:1000000000' })).toEqual({ ids: [], nextPageToken: null })
        const mail = world.google.deliverMail(address, { eml: encode('Subject: a\r\n\r\nb') })
        expect(await gateway.gmail.listMessages(user, { query: 'after:1000000000', labelIds: ['INBOX'] })).toEqual({ ids: [mail.id], nextPageToken: null })
        expect((await gateway.gmail.listMessages(user, { query: `after:${Math.floor((world.clock.now() + year) / 1000)}` })).ids).toEqual([])
      })

      it('carries what Gmail refuses', async () => {
        const start = (await gateway.gmail.getProfile(user)).historyId
        const mail = world.google.deliverMail(address, { eml: encode('Subject: a\r\n\r\nb') })
        world.google.deleteMessage(address, mail.id)
        expect(await refusal(gateway.gmail.getMessage(user, mail.id))).toMatchObject({ operation: 'gmail.messages.get', httpStatus: 404 })
        world.google.expireHistory(address)
        expect(await refusal(gateway.gmail.listHistory(user, { startHistoryId: start }))).toMatchObject({ operation: 'gmail.history.list', httpStatus: 404 })
        const closed = await createAccount({ mail: false })
        expect((await refusal(gateway.gmail.getProfile(closed))).mentions('Mail service not enabled')).toBe(true)
      })

      it('carries what a watch is refused for', async () => {
        const foreign = await refusal(gateway.gmail.watch(user, { topicName: newName('topics', 'another-project') }))
        expect({ status: foreign.httpStatus, told: foreign.mentions('Invalid topicName does not match') }).toEqual({ status: 400, told: true })
        expect(await refusal(gateway.gmail.watch(user, { topicName: newName('topics') }))).toMatchObject({ operation: 'gmail.watch', httpStatus: 404 })
        const closed = await refusal(gateway.gmail.watch(user, { topicName: await openTopic([]) }))
        expect({ status: closed.httpStatus, told: closed.mentions('Error sending test message to Cloud PubSub') }).toEqual({ status: 403, told: true })
        await gateway.gmail.watch(user, { topicName: await openTopic() })
        const second = await refusal(gateway.gmail.watch(user, { topicName: await openTopic() }))
        expect({ status: second.httpStatus, told: second.mentions('Only one user push notification client') }).toEqual({ status: 400, told: true })
      })
    })

    describe('Calendar', () => {
      const addEvent = (calendarId: string, summary: string) =>
        world.google.createEvent(address, calendarId, { summary, start: world.clock.now() + 3_600_000, end: world.clock.now() + 7_200_000 })

      it('lists and reads calendars, whatever their id', async () => {
        const { id } = world.google.createCalendar(address, { summary: 'Feiertage', id: 'de.german#holiday/a b@group.v.calendar.google.com' })
        const calendars = await gateway.calendar.listCalendars(user)
        expect(calendars.map((calendar) => [calendar.id, calendar.primary])).toEqual([[address, true], [id, false]])
        expect(calendars[1]).toMatchObject({ name: 'Feiertage', accessRole: expect.any(String), timeZone: expect.any(String) })
        expect(await gateway.calendar.getCalendar(user, id)).toEqual({ id, name: 'Feiertage', timeZone: calendars[1]?.timeZone })
      })

      it('lists events in pages, then only what changed', async () => {
        const events = ['a', 'b', 'c'].map((summary) => addEvent(address, summary))
        const input = { calendarId: address, maxResults: 2 }
        const first = await gateway.calendar.listEvents(user, input)
        expect([first.events.length, first.nextSyncToken]).toEqual([2, null])
        const second = await gateway.calendar.listEvents(user, { ...input, pageToken: first.nextPageToken ?? '' })
        expect([...first.events, ...second.events].map((event) => event['id']).toSorted()).toEqual(events.map(({ id }) => id).toSorted())
        expect(second.nextPageToken).toBeNull()
        world.google.cancelEvent(address, address, events[1]?.id ?? '')
        const changes = await gateway.calendar.listEvents(user, { ...input, syncToken: second.nextSyncToken ?? '' })
        expect(changes.events.map((event) => [event['id'], event['status']])).toEqual([[events[1]?.id, 'cancelled']])
        expect(changes.nextSyncToken).not.toBe(second.nextSyncToken)
      })

      it('opens a channel with what it was given, and stops it, also when it is gone', async () => {
        const input = { calendarId: address, channelId: `channel-${count}`, token: 'EXAMPLE_channel_token', address: 'https://app.example.com/push', ttlSeconds: 3600 }
        const channel = await gateway.calendar.watchEvents(user, input)
        const body = { id: input.channelId, type: 'web_hook', address: input.address, token: input.token, params: { ttl: '3600' } }
        expect(JSON.parse(sent('calendar.events.watch')[0]?.body ?? '')).toEqual(body)
        expect(Math.abs(channel.expiresAt - world.clock.now() - 3_600_000)).toBeLessThan(60_000)
        await gateway.calendar.stopChannel(user, { channelId: input.channelId, resourceId: channel.resourceId })
        await gateway.calendar.stopChannel(user, { channelId: input.channelId, resourceId: channel.resourceId })
        expect(sent('calendar.channels.stop')).toHaveLength(2)
      })

      it('carries what Calendar refuses', async () => {
        const list = { calendarId: address }
        const { nextSyncToken } = await gateway.calendar.listEvents(user, list)
        const syncToken = nextSyncToken ?? ''
        const restricted = gateway.calendar.listEvents(user, { ...list, syncToken, timeMin: new Date(world.clock.now()).toISOString() })
        expect(await refusal(restricted)).toMatchObject({ httpStatus: 400 })
        world.google.expireSyncTokens(address)
        expect(await refusal(gateway.calendar.listEvents(user, { ...list, syncToken }))).toMatchObject({ operation: 'calendar.events.list', httpStatus: 410 })
        expect(await refusal(gateway.calendar.getCalendar(user, 'gone@group.calendar.google.com'))).toMatchObject({ httpStatus: 404, reason: 'notFound' })
      })

      it('carries why a channel was not opened', async () => {
        const still = world.google.createCalendar(address, { summary: 'Holidays', pushable: false })
        const input = { calendarId: address, channelId: `channel-${count}`, token: 'EXAMPLE_t', address: 'https://app.example.com/push', ttlSeconds: 3600 }
        await gateway.calendar.watchEvents(user, input)
        const open = (change: object) => refusal(gateway.calendar.watchEvents(user, { ...input, channelId: `${input.channelId}-b`, ...change }))
        expect(await open({ channelId: input.channelId })).toMatchObject({ httpStatus: 400, reason: 'channelIdNotUnique' })
        expect(await open({ address: 'http://app.example.com/push' })).toMatchObject({ reason: 'push.webhookUrlNotHttps' })
        expect(await open({ calendarId: still.id })).toMatchObject({ reason: 'pushNotSupportedForRequestedResource' })
      })
    })

    describe('Pub/Sub', () => {
      const pushEndpoint = 'https://app.example.com/api/email/webhooks/google/EXAMPLE'

      it('creates a topic once, and says null where there is none', async () => {
        const topic = newName('topics')
        expect(await gateway.pubsub.getTopic(key, topic)).toBeNull()
        await gateway.pubsub.createTopic(key, topic, { owner: 'tenantry' })
        expect(await gateway.pubsub.getTopic(key, topic)).toMatchObject({ name: topic })
        expect(await refusal(gateway.pubsub.createTopic(key, topic, {}))).toMatchObject({ operation: 'pubsub.topics.create', httpStatus: 409, reason: 'ALREADY_EXISTS' })
      })

      it('changes a policy only with the etag that was read last', async () => {
        const topic = await openTopic()
        const read = await gateway.pubsub.getTopicPolicy(key, topic)
        expect(read.bindings).toEqual([publisher])
        const other = { role: 'roles/pubsub.viewer', members: ['user:dana@acme.test'] }
        await gateway.pubsub.setTopicPolicy(key, topic, { ...read, bindings: [publisher, other] })
        expect((await gateway.pubsub.getTopicPolicy(key, topic)).bindings).toEqual([publisher, other])
        expect(await refusal(gateway.pubsub.setTopicPolicy(key, topic, { ...read, bindings: [] }))).toMatchObject({ httpStatus: 409, reason: 'ABORTED' })
        expect((await gateway.pubsub.getTopicPolicy(key, topic)).bindings).toEqual([publisher, other])
      })

      it('creates a subscription that does not expire, reads it and moves its push', async () => {
        const wanted = { name: newName('subscriptions'), topic: await openTopic(), pushEndpoint, audience: pushEndpoint, signer: key.client_email }
        expect(await gateway.pubsub.getSubscription(key, wanted.name)).toBeNull()
        await gateway.pubsub.createSubscription(key, { ...wanted, labels: { owner: 'tenantry' } })
        expect(await gateway.pubsub.getSubscription(key, wanted.name)).toEqual(wanted)
        expect(JSON.parse(sent('pubsub.subscriptions.create')[0]?.body ?? '')).toMatchObject({ expirationPolicy: {}, labels: { owner: 'tenantry' } })
        const moved = { ...wanted, pushEndpoint: `${pushEndpoint}2`, audience: `${pushEndpoint}2` }
        await gateway.pubsub.modifyPush(key, moved)
        expect(await gateway.pubsub.getSubscription(key, wanted.name)).toEqual(moved)
        const pulled = { ...wanted, pushEndpoint: null, audience: null, signer: null }
        await gateway.pubsub.modifyPush(key, pulled)
        expect(await gateway.pubsub.getSubscription(key, wanted.name)).toEqual(pulled)
      })

      it('carries what Pub/Sub refuses', async () => {
        const topic = await openTopic()
        const reader = await createKey(['roles/pubsub.viewer'])
        expect(await refusal(gateway.pubsub.createTopic(reader, newName('topics'), {}))).toMatchObject({ httpStatus: 403, reason: 'PERMISSION_DENIED' })
        const wanted = { name: newName('subscriptions'), topic, pushEndpoint, audience: pushEndpoint, signer: key.client_email, labels: {} }
        const unable = await refusal(gateway.pubsub.createSubscription(await createKey(['roles/pubsub.admin']), wanted))
        expect({ status: unable.httpStatus, told: unable.mentions('iam.serviceAccounts.actAs') }).toEqual({ status: 403, told: true })
        expect(await refusal(gateway.pubsub.createSubscription(key, { ...wanted, pushEndpoint: 'http://app.example.com' }))).toMatchObject({ httpStatus: 400, reason: 'INVALID_ARGUMENT' })
        world.google.setOrgPolicy(projectId, { domainRestrictedSharing: true })
        const restricted = await refusal(openTopic()).finally(() => world.google.setOrgPolicy(projectId, { domainRestrictedSharing: false }))
        expect({ status: restricted.httpStatus, told: restricted.mentions('iam.allowedPolicyMemberDomains') }).toEqual({ status: 400, told: true })
      })

      it('gets one token for many calls, and another shortly before it ends', async () => {
        const own = await createKey()
        await Promise.all(Array.from({ length: 20 }, () => gateway.pubsub.getTopic(own, newName('topics'))))
        expect(sent('oauth.token')).toHaveLength(1)
        await world.clock.advance(50 * 60_000)
        await gateway.pubsub.getTopic(own, newName('topics'))
        expect(sent('oauth.token')).toHaveLength(1)
        await world.clock.advance(6 * 60_000)
        await gateway.pubsub.getTopic(own, newName('topics'))
        expect(sent('oauth.token')).toHaveLength(2)
        expect(new URLSearchParams(sent('oauth.token')[0]?.body).get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
      })

      it('gives a token to nobody who only knows address and key id', async () => {
        await gateway.pubsub.checkKey(key)
        const forged = { ...key, private_key: (await createKey()).private_key }
        expect(await refusal(gateway.pubsub.getTopic(forged, newName('topics')))).toMatchObject({ operation: 'serviceAccount.token', reason: 'invalid_grant' })
      })

      it('checks a key at Google, whatever it remembers', async () => {
        const own = await createKey()
        await gateway.pubsub.checkKey(own)
        world.google.deleteServiceAccountKeys(own.client_email)
        expect(await refusal(gateway.pubsub.checkKey(own))).toMatchObject({ operation: 'serviceAccount.token', httpStatus: 400, reason: 'invalid_grant' })
        const unknown = { ...own, client_email: `nobody-here@${projectId}.iam.gserviceaccount.com` }
        expect(await refusal(gateway.pubsub.checkKey(unknown))).toMatchObject({ operation: 'serviceAccount.token', reason: 'invalid_grant' })
      })

      it('does not take a refused token for a missing resource', async () => {
        world.faults.add({ operation: 'oauth.token', kind: 'status', status: 404, body: '{"error":"not_found"}' })
        expect(await refusal(gateway.pubsub.getTopic(await createKey(), newName('topics')))).toMatchObject({ operation: 'serviceAccount.token', httpStatus: 404 })
      })
    })

    const kinds = [
      { kind: 'Gmail', faulty: /^gmail\./, call: () => gateway.gmail.getProfile(user) },
      { kind: 'Calendar', faulty: /^calendar\./, call: () => gateway.calendar.getCalendar(user, address) },
      { kind: 'Pub/Sub', faulty: /^pubsub\./, call: () => gateway.pubsub.getTopic(key, newName('topics')) },
      { kind: 'the token endpoint', faulty: /^oauth\.token$/, call: () => gateway.pubsub.checkKey(key) },
    ]

    describe.each(kinds)('$kind in trouble', ({ faulty: operation, call }) => {
      const json = 'application/json; charset=UTF-8'

      it('is given up on after the deadline', async () => {
        world.faults.add({ operation, kind: 'latency', ms: deadlineMs * 4 })
        const begun = performance.now()
        expect(await refusal(call())).toMatchObject({ vendor: 'google', httpStatus: 0 })
        expect(performance.now() - begun).toBeLessThan(deadlineMs * 3)
      })

      it('that breaks the connection is refused with status 0, asked once', async () => {
        world.faults.add({ operation, kind: 'reset' })
        expect(await refusal(call())).toMatchObject({ httpStatus: 0 })
        expect(world.requests.filter((request) => operation.test(request.operation))).toHaveLength(1)
      })

      it.each([301, 302, 303, 307, 308])('is not followed elsewhere with %i', async (status) => {
        world.faults.add({ operation, kind: 'redirect', status, to: `${world.endpoints.gmail}/gmail/v1/users/me/labels` })
        await refusal(call())
        expect(world.requests.filter((request) => request.operation === 'gmail.labels.list')).toEqual([])
      })

      it.each([
        ['a page of HTML', { contentType: 'text/html', body: '<html>EXAMPLE_canary</html>' }],
        ['cut JSON', { contentType: json, body: '{"name":"EXAMPLE_canary' }],
        ['JSON of another shape', { contentType: json, body: '{"canary":"EXAMPLE_canary"}' }],
        ['a list', { contentType: json, body: '["EXAMPLE_canary"]' }],
        ['nothing', { contentType: json, body: '' }],
        ['a megabyte', { contentType: json, body: JSON.stringify({ name: 'EXAMPLE_canary'.repeat(80_000) }) }],
      ])('is not believed when it answers 200 with %s', async (_, answer) => {
        world.faults.add({ operation, kind: 'body', ...answer })
        expect(print(await refusal(call()))).not.toContain('EXAMPLE_canary')
      })

      it.each([500, 502, 503])('that answers %i with a page of HTML is refused with that status', async (status) => {
        world.faults.add({ operation, kind: 'status', status, contentType: 'text/html', body: '<html>EXAMPLE_canary</html>' })
        const refused = await refusal(call())
        expect(refused.httpStatus).toBe(status)
        expect(print(refused)).not.toContain('EXAMPLE_canary')
      })

      it('tells how long to wait, in seconds or as a date', async () => {
        world.faults.add({ operation, kind: 'status', status: 429, headers: { 'retry-after': '7' }, times: 1 })
        expect(await refusal(call())).toMatchObject({ httpStatus: 429, retryAfterMs: 7000 })
        const date = new Date(world.clock.now() + 90_000).toUTCString()
        world.faults.add({ operation, kind: 'status', status: 503, headers: { 'retry-after': date }, times: 1 })
        expect(Math.abs(((await refusal(call())).retryAfterMs ?? 0) - 90_000)).toBeLessThan(5000)
        world.faults.add({ operation, kind: 'status', status: 503, headers: { 'retry-after': 'soon' }, times: 1 })
        expect((await refusal(call())).retryAfterMs).toBeUndefined()
      })

      it('has its words used to classify, and never shown', async () => {
        const message = 'Bad EXAMPLE_canary given'
        const body = JSON.stringify(operation.source.includes('token') ? { error: 'invalid_request', error_description: message } : { error: { code: 400, message, status: 'INVALID_ARGUMENT' } })
        world.faults.add({ operation, kind: 'status', status: 400, body })
        const refused = await refusal(call())
        expect(refused.reason).toMatch(/^invalid_request$|^INVALID_ARGUMENT$/)
        expect(refused.mentions('example_CANARY')).toBe(true)
        expect(print(refused)).not.toContain('EXAMPLE_canary')
      })
    })

    describe('ids of 64 bits', () => {
      const answer = (operation: string, body: string) => world.faults.add({ operation, kind: 'body', contentType: 'application/json', body, times: 1 })

      it.each(['9007199254740993', '18446744073709551615', '1'])('keep every digit of %s, as text or as a number', async (id) => {
        for (const written of [id, `"${id}"`]) {
          answer('gmail.watch', `{"historyId":${written},"expiration":"1767225600000"}`)
          expect(await gateway.gmail.watch(user, { topicName: newName('topics') })).toEqual({ historyId: id, expiresAt: 1_767_225_600_000 })
          answer('gmail.history.list', `{"historyId": ${written}, "history": [{"id": ${written}}]}`)
          expect((await gateway.gmail.listHistory(user, { startHistoryId: '1' })).historyId).toBe(id)
        }
      })

      it.each(['-1', '1.5', '1e300', '"0x10"', '""', 'null', '18446744073709551616'])('are not made up from %s', async (written) => {
        answer('gmail.history.list', `{"historyId":${written}}`)
        await refusal(gateway.gmail.listHistory(user, { startHistoryId: '1' }))
      })
    })

    describe('access', () => {
      it('is refused to an unknown or ended token', async () => {
        expect(await refusal(gateway.gmail.getProfile(nobody))).toMatchObject({ httpStatus: 401 })
        world.google.expireAccessTokens(address)
        expect(await refusal(gateway.calendar.listCalendars(user))).toMatchObject({ httpStatus: 401 })
      })

      it('is refused where a scope is missing or an API is off', async () => {
        const narrow = await issueToken(address, googleScopes.calendar)
        expect((await refusal(gateway.gmail.getProfile(narrow))).reason).toMatch(/insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT/)
        const off = { gmail: () => gateway.gmail.getProfile(user), calendar: () => gateway.calendar.listCalendars(user), pubsub: () => gateway.pubsub.getTopic(key, newName('topics')) }
        for (const api of ['gmail', 'calendar', 'pubsub'] as const) {
          world.google.setApi(projectId, api, false)
          const refused = await refusal(off[api]()).finally(() => world.google.setApi(projectId, api, true))
          expect(refused.reason).toMatch(/accessNotConfigured|SERVICE_DISABLED/)
        }
      })

      it('is shown in the header only, and in no refusal', async () => {
        await gateway.gmail.listLabels(user)
        expect(world.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${user.accessToken}`)
        expect(world.requests.map(({ url, body }) => url + body).join()).not.toContain(user.accessToken)
        expect(print(await refusal(gateway.gmail.getMessage(user, 'gone')))).not.toContain(user.accessToken)
        const broken = { accessToken: `${user.accessToken}\r\nX-Evil: 1` }
        expect(print(await gateway.gmail.getProfile(broken).catch((error: unknown) => error))).not.toContain(user.accessToken)
      })

      it('does not climb out of its path', async () => {
        world.clearRequests()
        for (const id of ['..', '../labels', '%2e%2e/labels', 'a?alt=media', '']) await gateway.gmail.getMessage(user, id).catch((error: unknown) => error)
        const topics = ['projects/a-project/topics/../../x', `projects/${projectId}/subscriptions/abc`, 'x']
        for (const topic of topics) await expect(gateway.pubsub.getTopic(key, topic)).rejects.toThrow()
        expect(world.requests.filter(({ operation }) => !['gmail.messages.get', 'oauth.token'].includes(operation))).toEqual([])
        expect(world.requests.every(({ url }) => !new URL(url).searchParams.has('alt'))).toBe(true)
      })
    })
  })
}

async function refusal(answer: Promise<unknown>): Promise<ProviderRefusal> {
  const outcome = await answer.then(
    () => 'an answer',
    (error: unknown) => error,
  )
  if (!(outcome instanceof ProviderRefusal)) throw new Error(`Expected a ProviderRefusal, got ${print(outcome)}`)
  return outcome
}

/** Everything that a log could print of it. */
function print(error: unknown): string {
  const fields = typeof error === 'object' && error !== null ? Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name))) : []
  return [String(error), JSON.stringify(error), ...fields].join('\n')
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
