import { describe, expect, it } from 'vitest'
import { createWebCrypto } from '../../../crypto/web-crypto.ts'
import { isTenantryError, ProviderRefusal } from '../../../errors/index.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { GraphGateway, GraphSubscription, Store } from '../../../ports/index.ts'
import { createMemoryStore, createSeededRandom } from '../../../testing/memory/index.ts'
import { createMailboxWorld, delegate, directoryId } from '../../../testing/create-mailbox-world.ts'
import type { MailboxWorld } from '../../../testing/create-mailbox-world.ts'
import { newClientState } from './client-state.ts'

const path = '/api/email/webhooks/microsoft'
const hour = 60 * 60_000
const webhook = { send: 'graph', receive: 'webhook' } as const
const principal = { tenantId: 'acme', userId: 'dana' }

interface Opened extends GraphSubscription {
  readonly clientState: string
}

interface Mail {
  readonly id: string
  readonly at: number
}

/** Graph's subscriptions and an inbox, as far as pushes need them. */
class Graph {
  subscriptions: Opened[] = []
  mails: Mail[] = []
  readonly asked: string[] = []
  forgets = false
  #count = 0

  change(patch: Partial<Opened>): void {
    this.subscriptions = this.subscriptions.map((one) => ({ ...one, ...patch }))
  }

  double(): void {
    this.subscriptions = this.subscriptions.flatMap((one) => [one, { ...one, id: `${one.id}-twin` }])
  }

  gateway(): Partial<GraphGateway> {
    return {
      getInbox: async () => ({ id: 'inbox' }),
      createSubscription: async (_, input) => {
        this.asked.push('create')
        if (this.subscriptions.some(({ notificationUrl }) => notificationUrl === input.notificationUrl)) throw refusal('create', 409)
        this.#count += 1
        const made = { id: `graph-${this.#count}`, resource: 'inbox', ...input }
        this.subscriptions.push(made)
        return made
      },
      renewSubscription: async (_, { id, expiresAt }) => {
        this.asked.push('renew')
        const found = this.subscriptions.find((one) => one.id === id)
        if (found === undefined || this.forgets) throw refusal('renew', 404, 'ResourceNotFound')
        const renewed = { ...found, expiresAt }
        this.subscriptions = this.subscriptions.map((one) => (one.id === id ? renewed : one))
        return renewed
      },
      listSubscriptions: async () => this.subscriptions,
      deleteSubscription: async (_, id) => {
        this.asked.push('delete')
        this.subscriptions = this.subscriptions.filter((one) => one.id !== id)
      },
      listDelta: async (_, { link }) => {
        const after = link === null ? 0 : Number(link.split('=').at(-1))
        const found = this.mails.filter(({ at }) => at >= after)
        const messages = found.map(({ id, at }) => ({ id, receivedAt: at, messageId: null, conversationId: null }))
        return { messages, next: { deltaLink: `https://graph.global.test/delta?from=${after}` } }
      },
      getMime: async (_, { id }) => new TextEncoder().encode(`Message-ID: <${id}@example.com>\r\nSubject: ${id}\r\n\r\n`),
    }
  }
}

const refusal = (name: string, httpStatus: number, reason?: string) =>
  new ProviderRefusal({ vendor: 'microsoft', operation: `graph.subscriptions.${name}`, httpStatus, reason })

async function open(
  graph = new Graph(),
  given: Partial<GraphGateway> = {},
): Promise<{ world: MailboxWorld; graph: Graph; connectionId: string }> {
  const world = createMailboxWorld({ graph: { ...graph.gateway(), ...given } })
  const connectionId = await world.connect(webhook)
  await world.settle()
  return { world, graph, connectionId }
}

async function post(world: Pick<MailboxWorld, 'sdk'>, value: unknown, query = ''): Promise<string> {
  const body = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify({ value }))
  try {
    const { answer } = await world.sdk.push.receive({ path, key: '', query: new URLSearchParams(query), headers: new Headers(), body })
    return answer ?? 'taken'
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return error.code
  }
}

const notice = ({ id, clientState }: Pick<Opened, 'id' | 'clientState'>, more: object = {}) => ({
  subscriptionId: id,
  clientState,
  changeType: 'created',
  tenantId: directoryId,
  resourceData: { id: 'message-1' },
  ...more,
})

function only<T>(list: readonly T[]): T {
  const [first, ...rest] = list
  if (first === undefined || rest.length > 0) throw new Error(`expected one and found ${list.length}`)
  return first
}

const uuidOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const health = async ({ sdk }: MailboxWorld, connectionId: string) => (await sdk.sharedMailbox.get({ principal, connectionId })).health
const subjects = ({ events }: MailboxWorld) => events.flatMap((event) => (event.type === 'message.received' ? [event.message.subject] : []))

describe('the handshake', () => {
  const down = new Proxy(createMemoryStore(), {
    get(target, name) {
      if (name === 'dataKeys') return target.dataKeys
      throw new Error('the database is down')
    },
  }) as Store
  const { sdk } = createMailboxWorld({ store: down })
  const ask = (token: string, body = '') => post({ sdk }, body, `validationToken=${encodeURIComponent(token)}`)

  it('is answered with the database down', async () => {
    const token = 'Validation: Testing client application reachability for subscription Request-Id: 4ae2-77'
    expect(await ask(token)).toBe(token)
  })

  it.each([
    ['markup', '<script>alert(1)</script>', ''],
    ['an entity', 'a&lt;b', ''],
    ['a quote', 'a"b', ''],
    ['a line break', 'a\r\nSet-Cookie: b', ''],
    ['one of a megabyte', 'x'.repeat(1024 * 1024), ''],
    ['nothing', '', ''],
    ['a body beside it', 'token', '{"value":[]}'],
  ])('repeats no %s', async (_, token, body) => {
    expect(await ask(token, body)).toBe('invalid_input')
  })

  it('is no question when it is asked twice', async () => {
    expect(await post({ sdk }, '', 'validationToken=a&validationToken=b')).toBe('invalid_input')
  })
})

describe('a batch', () => {
  it('is taken item by item: what is good makes one look, what is forged none', async () => {
    const { world, graph } = await open()
    const good = only(graph.subscriptions)
    graph.mails.push({ id: 'message-1', at: world.clock.now() })
    const forged = notice({ ...good, clientState: `${good.clientState.slice(0, -1)}A` })
    const batch = [
      forged,
      notice(good),
      notice({ id: 'graph-9', clientState: good.clientState }),
      { subscriptionId: 7 },
      notice(good, { changeType: 'updated' }),
    ]
    expect(await post(world, batch)).toBe('taken')
    expect(world.logger.lines.find(({ event }) => event === 'push.items_refused')?.fields).toMatchObject({ count: 3 })
    await world.settle()
    expect(subjects(world)).toEqual(['message-1'])
  })

  it('that comes again is taken and looked at once', async () => {
    const { world, graph } = await open()
    const batch = [notice(only(graph.subscriptions))]
    await post(world, batch)
    await world.settle()
    await post(world, batch)
    const { claimed } = await world.sdk.maintenance.sweep()
    expect(claimed).toBe(0)
  })

  const rows: readonly [string, (good: Opened) => unknown][] = [
    ['without a client state', ({ id }) => [{ subscriptionId: id, changeType: 'created' }]],
    ['with an empty client state', ({ id }) => [notice({ id, clientState: '' })]],
    ['with another client state', ({ id }) => [notice({ id, clientState: `${'0'.repeat(36)}.${'A'.repeat(43)}` })]],
    ['with a client state that is longer', (good) => [notice({ ...good, clientState: `${good.clientState}A` })]],
    ['for another subscription', ({ clientState }) => [notice({ id: 'graph-9', clientState })]],
    ['of another directory', (good) => [notice(good, { tenantId: '99999999-2222-4333-8444-555555555555' })]],
    ['with nothing in it', () => []],
    ['of more than a thousand', (good) => Array.from({ length: 1001 }, () => notice(good, { changeType: 'x' }))],
    ['that is no JSON', () => '{"value":'],
    ['that is a list', () => '[]'],
    ['that is empty', () => ''],
  ]
  it.each(rows)('%s is refused', async (_, make) => {
    const { world, graph } = await open()
    expect(await post(world, make(only(graph.subscriptions)))).toBe('push_unauthenticated')
    expect((await world.sdk.maintenance.sweep()).claimed).toBe(0)
  })

  /** One opened pipe, and what proving a batch asks of the store. */
  async function counted() {
    const store = createMemoryStore()
    const graph = new Graph()
    const world = createMailboxWorld({ graph: graph.gateway(), store })
    const connectionId = await world.connect(webhook)
    await world.settle()
    const asked: string[] = []
    const count = (repository: 'subscriptions' | 'connections', names: readonly string[]) => {
      for (const name of names) {
        const method = Reflect.get(store[repository], name) as (...given: unknown[]) => unknown
        Object.assign(store[repository], {
          [name]: (...given: unknown[]) => {
            asked.push(`${repository}.${name}`)
            return method(...given)
          },
        })
      }
    }
    count('subscriptions', ['findById', 'findByIds', 'list'])
    count('connections', ['findById', 'get', 'getMany', 'list'])
    return { store, world, connectionId, good: only(graph.subscriptions), asked }
  }
  const lookups = ['subscriptions.findByIds', 'connections.getMany']

  it('of a thousand costs one lookup of each kind', async () => {
    const { world, good, asked } = await counted()
    const batch = Array.from({ length: 1000 }, (_, at) => notice(good, { resourceData: { id: `m${at}` } }))
    expect(await post(world, batch.slice(0, 700))).toBe('taken')
    expect(asked).toEqual(lookups)
  })

  it('for many mailboxes, with as many invented client states, costs no more', async () => {
    const { store, world, connectionId, good, asked } = await counted()
    const pipe = only(await store.subscriptions.list('acme', connectionId))
    const connection = await store.connections.get('acme', connectionId)
    if (connection === null) throw new Error('there is no connection')
    const made = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const clientState = newClientState(createSeededRandom(at), uuidOf(at))
        const tokenHash = await hashText(createWebCrypto(), clientState)
        await store.connections.insert({ ...connection, id: `mailbox-${at}` })
        await store.subscriptions.put({ ...pipe, id: uuidOf(at), connectionId: `mailbox-${at}`, resourceId: `graph-${at}`, tokenHash })
        return { id: `graph-${at}`, clientState }
      }),
    )
    const invented = made.map(({ id }, at) => ({ id, clientState: newClientState(createSeededRandom(at), uuidOf(at + 1000)) }))
    // The right row by its name, and not by its secret.
    const forged = made.map(({ id }, at) => ({ id, clientState: newClientState(createSeededRandom(at + 1), uuidOf(at)) }))
    asked.length = 0
    expect(
      await post(
        world,
        [good, ...invented, ...forged, ...made].map((one) => notice(one)),
      ),
    ).toBe('taken')
    expect(asked).toEqual(lookups)
    expect(world.logger.lines.find(({ event }) => event === 'push.items_refused')?.fields).toMatchObject({ count: 100 })
    for (const id of [connectionId, ...made.map((_, at) => `mailbox-${at}`)]) expect(await store.inbox.count('acme', id)).toBe(1)
  })

  it('costs nothing where no client state names a row, and one lookup where none is genuine', async () => {
    const { world, good, asked } = await counted()
    const states = Array.from({ length: 200 }, (_, at) => [`nonsense-${at}`, `${uuidOf(at)}.short`, `${at}.${'A'.repeat(43)}`]).flat()
    expect(
      await post(
        world,
        states.map((clientState) => notice({ ...good, clientState })),
      ),
    ).toBe('push_unauthenticated')
    expect(asked).toEqual([])
    const invented = Array.from({ length: 500 }, (_, at) => notice({ ...good, clientState: `${uuidOf(at)}.${'A'.repeat(43)}` }))
    expect(await post(world, invented)).toBe('push_unauthenticated')
    expect(asked).toEqual(['subscriptions.findByIds'])
  })
})

describe('a subscription', () => {
  it('is opened for the app, with a state that only its hash is kept of', async () => {
    const { world, graph, connectionId } = await open()
    const { clientState, notificationUrl, expiresAt } = only(graph.subscriptions)
    expect(clientState.length).toBeLessThanOrEqual(128)
    expect(notificationUrl).toBe(`https://app.example.com${path}?connection=${connectionId}`)
    expect(expiresAt - world.clock.now()).toBe(4230 * 60_000)
    const row = only(await world.store.subscriptions.list('acme', connectionId))
    expect(row).toMatchObject({ state: 'active', resourceId: 'graph-1' })
    expect(JSON.stringify(row)).not.toContain(clientState.slice(37))
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('is renewed by half its life, many times, and never doubted for being quiet', async () => {
    const { world, graph, connectionId } = await open()
    for (let step = 0; step < 24 * 14; step += 1) {
      world.clock.advance(hour)
      await world.settle()
      expect(only(graph.subscriptions).expiresAt - world.clock.now()).toBeGreaterThan(34 * hour)
    }
    expect(graph.asked.filter((name) => name === 'create')).toHaveLength(1)
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('that Graph forgot is opened anew when it is to be renewed', async () => {
    const { world, graph, connectionId } = await open()
    graph.subscriptions = []
    world.clock.advance(36 * hour)
    await world.settle()
    expect(only(graph.subscriptions).id).toBe('graph-2')
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  /** The first answer is lost; `made` tells what Graph did all the same. */
  async function loseAnswer(made: (create: () => Promise<void>, graph: Graph) => Promise<void>) {
    const graph = new Graph()
    const { createSubscription } = graph.gateway()
    let tries = 0
    const opened = await open(graph, {
      createSubscription: async (call, input) => {
        tries += 1
        const create = async () => (await createSubscription?.(call, input)) as GraphSubscription
        if (tries > 1) return create()
        await made(async () => void (await create()), graph)
        throw refusal('create', 0)
      },
    })
    const { world, connectionId } = opened
    world.clock.advance(5 * 60_000)
    await world.settle()
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    const row = only((await world.store.subscriptions.list('acme', connectionId)).filter(({ state }) => state === 'active'))
    expect(row.resourceId).toBe(only(graph.subscriptions).id)
    expect(await post(world, [notice(only(graph.subscriptions))])).toBe('taken')
    return opened
  }

  it('whose answer was lost is adopted and renewed', async () => {
    const { world, graph, connectionId } = await loseAnswer((create) => create())
    expect(graph.asked).toEqual(['create', 'create', 'renew'])
    expect(only(graph.subscriptions)).toMatchObject({ id: 'graph-1', expiresAt: world.clock.now() + 4230 * 60_000 })
    expect(await world.store.subscriptions.list('acme', connectionId)).toHaveLength(1)
    for (let step = 0; step < 24 * 7; step += 1) {
      world.clock.advance(hour)
      await world.settle()
    }
    expect(only(graph.subscriptions).id).toBe('graph-1')
  })

  it('whose answer was lost and that was never made, is tried again', async () => {
    const { graph, world, connectionId } = await loseAnswer(async () => {})
    expect(graph.asked).toEqual(['create'])
    expect(await world.store.subscriptions.list('acme', connectionId)).toHaveLength(2)
  })

  it.each([
    ['has another end than the one asked for', (graph: Graph) => graph.change({ expiresAt: 1 })],
    ['cannot be told from another', (graph: Graph) => graph.double()],
    ['is gone when it is to be renewed', (graph: Graph) => void (graph.forgets = true)],
  ])('whose answer was lost and that %s, is replaced', async (_, change) => {
    const { graph } = await loseAnswer(async (create, made) => {
      await create()
      change(made)
    })
    expect(only(graph.subscriptions).id).not.toBe('graph-1')
  })

  it('of somebody else that stands in the way is left alone', async () => {
    const graph = new Graph()
    const { connectionId, world } = await open(graph, {
      createSubscription: async () => {
        throw refusal('create', 409)
      },
    })
    expect(graph.asked).not.toContain('delete')
    expect(await health(world, connectionId)).toMatchObject({ delivery: 'polling', deliveryReason: 'watch_conflict' })
  })

  it('ends with the connection, also one whose answer was lost', async () => {
    const graph = new Graph()
    const { createSubscription } = graph.gateway()
    const { world, connectionId } = await open(graph, {
      createSubscription: async (call, input) => {
        await createSubscription?.(call, input)
        throw refusal('create', 0)
      },
    })
    expect(graph.subscriptions).toHaveLength(1)
    await world.sdk.sharedMailbox.disconnect({ principal, connectionId })
    await world.settle()
    expect(graph.subscriptions).toEqual([])
  })

  it('is never opened where a person holds the grant', async () => {
    const graph = new Graph()
    const world = createMailboxWorld({ graph: graph.gateway() })
    const shared = await world.connect({ send: 'graph', receive: 'delta' }, delegate)
    await world.settle()
    expect(graph.asked).toEqual([])
    expect(await health(world, shared)).toMatchObject({ status: 'connected', delivery: 'polling', deliveryReason: 'shared_mailbox_polled' })
  })
})

describe('a lifecycle notification', () => {
  const lifecycle = (good: Opened, lifecycleEvent: string) => ({ subscriptionId: good.id, clientState: good.clientState, lifecycleEvent })

  it('of missed ones makes a look', async () => {
    const { world, graph } = await open()
    graph.mails.push({ id: 'message-1', at: world.clock.now() })
    expect(await post(world, [lifecycle(only(graph.subscriptions), 'missed')])).toBe('taken')
    await world.settle()
    expect(subjects(world)).toEqual(['message-1'])
    expect(graph.asked).toEqual(['create'])
  })

  it('of a removal makes a look and opens another', async () => {
    const { world, graph, connectionId } = await open()
    const removed = only(graph.subscriptions)
    graph.subscriptions = []
    graph.mails.push({ id: 'message-1', at: world.clock.now() })
    await post(world, [lifecycle(removed, 'subscriptionRemoved')])
    await world.settle()
    expect(only(graph.subscriptions).id).toBe('graph-2')
    expect(subjects(world)).toEqual(['message-1'])
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('of a reauthorization renews', async () => {
    const { world, graph } = await open()
    await post(world, [lifecycle(only(graph.subscriptions), 'reauthorizationRequired')])
    await world.settle()
    expect(graph.asked).toEqual(['create', 'renew'])
  })
})

describe('a silent subscription', () => {
  /** Mail that nobody is told of, found by a look. */
  async function miss({ world, graph }: { world: MailboxWorld; graph: Graph }, id: string): Promise<void> {
    graph.mails.push({ id, at: world.clock.now() })
    world.clock.advance(20 * 60_000)
    await world.settle()
  }

  it('is replaced, and after three that missed mail the mailbox is polled; after a day one gets another chance', async () => {
    const opened = await open()
    const { world, graph, connectionId } = opened
    world.clock.advance(hour)
    await world.settle()
    await miss(opened, 'a')
    await miss(opened, 'b')
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    await miss(opened, 'c')
    expect(only(graph.subscriptions).id).toBe('graph-3')
    expect(await health(world, connectionId)).toMatchObject({ status: 'degraded', delivery: 'polling', deliveryReason: 'push_silent' })
    expect(subjects(world)).toEqual(['a', 'b', 'c'])
    for (let step = 0; step < 25; step += 1) {
      world.clock.advance(hour)
      await world.settle()
    }
    expect(only(graph.subscriptions).id).toBe('graph-4')
    expect(await health(world, connectionId)).toMatchObject({ delivery: 'polling' })
    await post(world, [notice(only(graph.subscriptions))])
    world.clock.advance(3 * 60_000)
    await world.settle()
    expect(await health(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
  })
})
