import type { Exchange, WireWatcher } from '../world/exchange.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'

/** What was on its way, or waiting in the same task, when the refusal came. */
const graceMs = 60_000

interface Stop {
  readonly toldAt: number
  readonly until: number
}

interface Minute {
  readonly from: number
  count: number
}

/**
 * Whom a refusal told to wait does not ask before the time that it named; and a project whose quota is used up is asked no more than `budget` times a
 * minute once that is known, whoever asks.
 */
export function watchQuotas(budget: number): WireWatcher & { readonly ledger: Ledger } {
  const ledger = createLedger('quotas kept')
  const accounts = new Map<string, Stop>()
  const projects = new Map<string, Stop>()
  const minutes = new Map<string, Minute>()

  return {
    ledger,
    begun(exchange) {
      const { at } = exchange
      const [account, project] = keysOf(exchange)
      if (account === null) return
      const stop = accounts.get(account)
      if (stop !== undefined)
        ledger.hold(
          !isWithin(stop, at),
          at,
          () =>
            `${account} ${exchange.method} ${exchange.path} by ${exchange.worker}, ${stop.until - at} ms early, told ${at - stop.toldAt} ms ago`,
        )
      const closed = projects.get(project)
      if (closed === undefined || !isWithin(closed, at)) return
      const known = minutes.get(project)
      const minute = known !== undefined && at - known.from < 60_000 ? known : { from: at, count: 0 }
      minutes.set(project, minute)
      minute.count += 1
      ledger.hold(minute.count <= budget, at, () => `${project} was asked ${minute.count} times in a minute`)
    },
    ended(exchange) {
      const { retryAt, limit, endedAt } = exchange
      const [account, project] = keysOf(exchange)
      if (retryAt === null || limit === null || account === null || endedAt === null) return
      const stop = { toldAt: endedAt, until: retryAt }
      accounts.set(account, earlier(accounts.get(account), stop))
      if (limit === 'project') projects.set(project, earlier(projects.get(project), stop))
    },
  }
}

const isWithin = ({ toldAt, until }: Stop, at: number): boolean => at > toldAt + graceMs && at < until - 1_000

/** Told twice, it counts from the first time. */
const earlier = (known: Stop | undefined, stop: Stop): Stop =>
  known !== undefined && known.until > stop.toldAt ? { toldAt: known.toldAt, until: stop.until } : stop

/** A calendar of an account is looked after by itself. */
function keysOf({ owner, service, path }: Exchange): readonly [string | null, string] {
  if (owner === null || owner.address === null || (service !== 'gmail' && service !== 'calendar')) return [null, '']
  const calendar = /\/calendars\/([^/]+)/.exec(path)?.[1] ?? ''
  return [`${owner.tenantId}/${owner.address}/${service}/${calendar}`, `${owner.tenantId}/${service}`]
}
