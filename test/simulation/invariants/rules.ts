import type { TenantryEvent } from '@tenantry/sdk'
import type { Logger, Telemetry } from '@tenantry/sdk/ports'
import type { MemoryStore } from '@tenantry/sdk/testing'
import type { TroubleBook } from '../faults/trouble-book.ts'
import { createDistribution } from '../lateness.ts'
import type { Distribution } from '../lateness.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Exchange, Owner, WireWatcher } from '../world/exchange.ts'
import { isPostedTo } from '../world/truth.ts'
import type { Site, Truth } from '../world/truth.ts'
import { watchDeadGrants } from './dead-grants.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { watchCanaries } from './no-canary.ts'
import type { NoCanary } from './no-canary.ts'
import { watchOwnTenantOnly } from './own-tenant-only.ts'
import { watchFamilies } from './lost-families.ts'
import { watchPipes } from './pipes-alive.ts'
import { watchQuotas } from './quotas-kept.ts'
import { watchSingleExchange } from './single-exchange.ts'

/** The seven invariants, and where they get their news. */
export interface Rules {
  readonly ledgers: readonly Ledger[]
  readonly lost: Ledger
  readonly canaries: NoCanary
  readonly watchers: readonly WireWatcher[]
  readonly ears: { readonly logger: Logger; readonly telemetry: Telemetry }
  readonly lateness: ReadonlyMap<string, Distribution>
  /** How often each metric and log line was heard. */
  readonly heard: ReadonlyMap<string, number>
  told(event: TenantryEvent): void
  killed(site: Site): void
  /** The plan ended a subscription just now. */
  tookPipe(site: Site): void
  /** A run of a process ended in the middle of something. */
  died(life: string): void
  /** What an upkeep or a verb threw. */
  threw(error: unknown): void
  /** Looks at what lies in the store. */
  inspectRows(): void
}

interface RulesParts {
  readonly time: VirtualTime
  readonly truth: Truth
  readonly book: TroubleBook
  readonly store: MemoryStore
  readonly lookEveryMs: number
  readonly workers: number
  /** A strict server ended what came of a sign-in, because an answer had been lost. */
  readonly familyEnded: (owner: Owner) => void
}

const tables = [
  'connections',
  'tokens',
  'flows',
  'subscriptions',
  'pushEndpoints',
  'syncStates',
  'inbox',
  'outbox',
  'contents',
  'items',
  'tasks',
  'breakers',
  'budgets',
  'attempts',
  'refreshes',
  'goodbyes',
  'audit',
] as const

export function createRules({ time, truth, book, store, lookEveryMs, workers, familyEnded }: RulesParts): Rules {
  const exchanges = watchSingleExchange((exchange) => countRows(truth, exchange))
  const lost = createLedger('no lost item: the host was told what the vendor has, once, and what it sent went out once')
  const tenants = watchOwnTenantOnly()
  const pipes = watchPipes(time, truth, book)
  const statusOf = async ({ tenantId, connectionId }: Site) => (await store.connections.get(tenantId, connectionId ?? ''))?.status ?? null
  const grants = watchDeadGrants({ time, book, statusOf, boundMs: lookEveryMs + 2 * 3_600_000 })
  // So many of one tenant run at once in each worker, and each connection may find out for itself.
  const quotas = watchQuotas(10 + 5 * workers)
  const families = watchFamilies(familyEnded)
  const canaries = watchCanaries()
  const lateness = new Map<string, Distribution>()
  const heard = new Map<string, number>()
  const hear = (name: string): void => void heard.set(name, (heard.get(name) ?? 0) + 1)
  const saw = (where: string, what: unknown): void => canaries.saw(time.now(), where, what)

  return {
    ledgers: [exchanges.ledger, lost, tenants.ledger, pipes.ledger, grants.ledger, quotas.ledger, canaries.ledger],
    lost,
    canaries,
    watchers: [exchanges, tenants, pipes, quotas, families],
    lateness,
    heard,
    ears: {
      logger: {
        log(level, event, fields) {
          const about = fields?.['code'] ?? fields?.['name']
          hear(about === undefined ? `${level} ${event}` : `${level} ${event}: ${about}`)
          saw(`log ${event}`, fields)
        },
      },
      telemetry: {
        span: (name, attributes, work) => {
          saw(`span ${name}`, attributes)
          return work()
        },
        count(name, _value, attributes) {
          saw(`metric ${name}`, attributes)
        },
        record(name, value, attributes) {
          saw(`metric ${name}`, attributes)
          if (name !== 'tenantry.task.lateness_ms') return
          const kind = String(attributes?.['kind'])
          const known = lateness.get(kind) ?? createDistribution()
          lateness.set(kind, known)
          known.add(value)
        },
      },
    },
    told(event) {
      const site = truth.siteByConnection(event.connectionId)
      if (event.type === 'message.received')
        tenants.told(time.now(), event.tenantId, truth.items.get(event.message.providerMessageId)?.site.tenantId)
      else tenants.told(time.now(), event.tenantId, site?.tenantId ?? event.tenantId)
      if (site === undefined) return
      if (event.type === 'connection.needs_reauth') grants.needsReauth(site, Date.parse(event.occurredAt), event.reason)
    },
    killed: grants.killed,
    tookPipe: pipes.took,
    died(life) {
      quotas.died(life, time.now())
      families.died(life, time.now())
    },
    threw: (error) => {
      hear(`thrown ${error instanceof Error ? `${error.name} ${'code' in error ? String(error.code) : error.message}` : 'unknown'}`)
      saw('error', error)
    },
    inspectRows() {
      for (const table of tables) for (const row of store.rows(table)) saw(`row of ${table}`, row)
    },
  }
}

/** How many connections live on what is exchanged: those of one account, where a new sign-in serves them all, or all that the app acts for. */
function countRows(truth: Truth, { owner, refreshToken }: Exchange): number {
  if (refreshToken !== null) return truth.sharersOf(owner?.address ?? '').length
  return truth.tenants.find(({ id }) => id === owner?.tenantId)?.sites.filter(isPostedTo).length ?? 0
}
