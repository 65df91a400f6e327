import type { Exchange, WireWatcher } from '../world/exchange.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

/** What was on its way, or waiting in the same task, when the refusal came. */
const graceMs = 60_000

/** What was asked at the same time has its answer, or none, after the deadline of a request; then the task writes down what it was told. */
const writtenAfterMs = 10_000

interface Stop {
  readonly toldAt: number
  readonly until: number
  /** Who was told. */
  readonly life: string
}

interface Minute {
  readonly from: number
  count: number
}

interface QuotasKept extends WireWatcher {
  readonly ledger: Ledger
  /** A run of a process died: what it was told and had no time to write down, nobody else can know. */
  died(life: string, at: number): void
}

/**
 * Whom a refusal told to wait does not ask before the time that it named; and a project whose quota is used up is asked no more than `budget` times a
 * minute once that is known, whoever asks. Time is what the clocks of the workers say.
 */
export function watchQuotas(budget: number): QuotasKept {
  const ledger = createLedger('quotas kept')
  const accounts = new Map<string, Stop[]>()
  const projects = new Map<string, Stop[]>()
  const minutes = new Map<string, Minute>()
  const dead = new Set<string>()

  return {
    ledger,
    begun(exchange) {
      const { at } = exchange
      const [account, project] = keysOf(exchange)
      if (account === null) return
      const stop = stopOf(accounts, account)
      if (stop !== null)
        ledger.hold(
          !isWithin(stop, exchange),
          at,
          () =>
            `${account} ${exchange.method} ${exchange.path} by ${exchange.life}, ${stop.until - at} ms early, told ${at - stop.toldAt} ms ago`,
        )
      const closed = stopOf(projects, project)
      if (closed === null || !isWithin(closed, exchange)) return
      const known = minutes.get(project)
      const minute = known !== undefined && at - known.from < 60_000 ? known : { from: at, count: 0 }
      minutes.set(project, minute)
      minute.count += 1
      ledger.hold(minute.count <= budget, at, () => `${project} was asked ${minute.count} times in a minute`)
    },
    ended(exchange) {
      const { retryAt, limit, endedAt, life, skewMs } = exchange
      const [account, project] = keysOf(exchange)
      if (retryAt === null || limit === null || account === null || endedAt === null || dead.has(life)) return
      // A clock that is behind writes down a time that is over sooner.
      const stop = { toldAt: endedAt, until: retryAt + Math.min(skewMs, 0), life }
      add(accounts, account, stop)
      if (limit === 'project') add(projects, project, stop)
    },
    died(life, at) {
      dead.add(life)
      for (const stops of [accounts, projects])
        for (const [key, known] of stops)
          stops.set(
            key,
            known.filter((stop) => stop.life !== life || stop.toldAt < at - writtenAfterMs),
          )
    },
  }
}

function add(all: Map<string, Stop[]>, key: string, stop: Stop): void {
  const known = all.get(key) ?? []
  all.set(key, [...known.filter(({ until }) => until > stop.toldAt), stop])
}

/** Told twice, it counts from the first time. */
function stopOf(all: ReadonlyMap<string, readonly Stop[]>, key: string): Stop | null {
  return (all.get(key) ?? []).reduce<Stop | null>(
    (known, stop) => (known !== null && known.until > stop.toldAt ? { ...stop, toldAt: known.toldAt } : stop),
    null,
  )
}

const isWithin = ({ toldAt, until }: Stop, { at, skewMs }: Exchange): boolean =>
  at > toldAt + graceMs && at + Math.max(skewMs, 0) < until - 1_000

/** A calendar of an account is looked after by itself. What the host sends when it wants to is its own to pace. */
function keysOf({ owner, service, path }: Exchange): readonly [string | null, string] {
  const isQuota =
    service === 'gmail' || service === 'calendar' || (service === 'graph' && !/\/(?:sendMail|sentitems\/messages)$/i.test(path))
  if (owner === null || owner.address === null || !isQuota) return [null, '']
  const calendar = /\/calendars\/([^/]+)/.exec(path)?.[1] ?? ''
  return [`${owner.tenantId}/${owner.address}/${service}/${calendar}`, `${owner.tenantId}/${service}`]
}
