import { createHash } from 'node:crypto'
import { createSandbox } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import type { TenantryEvent } from '@tenantry/sdk'
import { createMemoryStore } from '@tenantry/sdk/testing'
import type { MemoryStore } from '@tenantry/sdk/testing'
import type { Chance } from '../chance.ts'
import { createPushRoad } from '../faults/push-faults.ts'
import { createTroubleBook } from '../faults/trouble-book.ts'
import type { TroubleBook } from '../faults/trouble-book.ts'
import { createWireFaults } from '../faults/wire-faults.ts'
import { createRules } from '../invariants/rules.ts'
import type { Rules } from '../invariants/rules.ts'
import type { SimulationOptions } from '../simulation-options.ts'
import type { OneAtATime } from '../time/install.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import { createAnswers } from './answers.ts'
import type { Answers } from './answers.ts'
import { createDeployment } from './deployment.ts'
import type { Deployment } from './deployment.ts'
import type { Owner } from './exchange.ts'
import { createHost } from './host.ts'
import { createOwners } from './owners.ts'
import type { Owners } from './owners.ts'
import { createPeople } from './people.ts'
import type { People } from './people.ts'
import { createTruth } from './truth.ts'
import type { Tenant, Truth } from './truth.ts'
import { createWire } from './wire.ts'
import type { Wire } from './wire.ts'

/** Google and Microsoft, a deployment of the sdk, its people, and everything that watches them. */
export interface World {
  readonly options: Required<SimulationOptions>
  readonly time: VirtualTime
  readonly chance: Chance
  readonly truth: Truth
  readonly book: TroubleBook
  readonly sandbox: Sandbox
  readonly store: MemoryStore
  readonly wire: Wire
  readonly owners: Owners
  readonly rules: Rules
  readonly deployment: Deployment
  readonly people: People
  readonly answers: Answers
  /** From now on the network fails as planned. `lost` hears of sign-ins that a strict server ended for that. */
  beginTrouble(lost: (owner: Owner) => void): void
  endTrouble(): void
  /** Of everything that happened on the wire and at the host, in its order. */
  digest(): string
  readonly told: ReadonlyMap<TenantryEvent['type'], number>
  readonly posts: () => number
}

interface WorldParts {
  readonly time: VirtualTime
  readonly threads: OneAtATime
  readonly chance: Chance
  readonly tenants: readonly Tenant[]
}

export function createWorld(options: Required<SimulationOptions>, { time, threads, chance, tenants }: WorldParts): World {
  const truth = createTruth(tenants)
  const book = createTroubleBook()
  const owners = createOwners(truth)
  const store = createMemoryStore()
  const digest = createHash('sha256')
  let familyEnded: (owner: Owner) => void = () => undefined
  const told = new Map<TenantryEvent['type'], number>()
  const rules = createRules({
    time,
    truth,
    book,
    store,
    lookEveryMs: options.lookEveryMs,
    workers: options.workers,
    familyEnded: (owner) => familyEnded(owner),
  })
  const road = createPushRoad({ workers: () => deployment.workers, truth, book, time, chance: chance.fork('pushes') })
  const sandbox = createSandbox({ clock: time, deliver: road, rotation: options.rotation })
  // Microsoft always gives a new one.
  if (options.rotation === 'none') sandbox.microsoft.setRotation('replace-keep-old')
  const planned = createWireFaults(book, chance.fork('wire-faults'), () => time.now())
  let isTroubled = false

  const wire = createWire({
    serve: (request) => sandbox.fetch(request),
    time,
    chance: chance.fork('wire'),
    owners,
    watchers: [
      ...rules.watchers,
      { ended: ({ at, service, method, path, status }) => void digest.update(`${at} ${service} ${method} ${path} ${status}\n`) },
    ],
    fault: (exchange) => (isTroubled ? planned(exchange) : null),
  })
  const moods = chance.fork('host')
  const on = createHost(
    {
      told(event) {
        told.set(event.type, (told.get(event.type) ?? 0) + 1)
        digest.update(`${time.now()} ${event.type} ${event.id}\n`)
        rules.told(event)
      },
    },
    () => book.find('host failing', time.now()) !== null && moods.happens(0.7),
  )
  const luck = chance.fork('ticks')
  const ticks = (): number => {
    if (book.find('ticks missed', time.now()) !== null) return luck.happens(0.8) ? 0 : 1
    return book.find('ticks doubled', time.now()) === null ? 1 : 2
  }
  const deployment = createDeployment({ options, sandbox, store, time, threads, chance: chance.fork('deployment'), wire, rules, on, ticks })
  const accounts = new Set<string>()
  const people = createPeople({
    front: deployment.front,
    sandbox,
    truth,
    owners,
    createAccount: ({ address, calendarId }) => {
      if (!accounts.has(address)) sandbox.google.createAccount({ address, seed: false })
      accounts.add(address)
      if (calendarId !== '') sandbox.google.createCalendar(address, { summary: 'Team', id: calendarId })
    },
    failed: (error) => rules.threw(error),
  })
  const answers = createAnswers({
    workers: () => deployment.workers,
    time,
    chance: chance.fork('answers'),
    failed: (error) => rules.threw(error),
  })
  return {
    options,
    time,
    chance,
    truth,
    book,
    sandbox,
    store,
    wire,
    owners,
    rules,
    deployment,
    people,
    answers,
    told,
    beginTrouble: (lost) => {
      isTroubled = true
      familyEnded = lost
    },
    endTrouble: () => {
      isTroubled = false
    },
    digest: () => digest.copy().digest('hex').slice(0, 16),
    posts: road.posts,
  }
}
