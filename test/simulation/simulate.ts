import { checkEverything } from './check-everything.ts'
import { planMailboxes } from './faults/mailbox-plan.ts'
import { loseGrant, planTenants } from './faults/tenant-plan.ts'
import { planWorld } from './faults/world-plan.ts'
import { readFigures } from './figures.ts'
import type { Figures } from './figures.ts'
import type { SimulationOptions } from './simulation-options.ts'
import type { World } from './world/create-world.ts'
import { inWorld } from './world/in-world.ts'
import { startTraffic } from './world/traffic.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Nothing new befalls anybody, and what is left is done. */
const quietMs = 3 * dayMs

/** Lets a whole deployment live through so many days. The same seed is the same life, event by event. */
export function simulate(options: SimulationOptions): Promise<Figures> {
  const begunAt = performance.now()
  return inWorld(options, async (world) => {
    await liveOn(world)
    await checkEverything(world)
    return readFigures(world, Math.round(performance.now() - begunAt))
  })
}

async function liveOn(world: World): Promise<void> {
  const { options, time, chance, sandbox, truth, book, people, rules, deployment, answers } = world
  const from = time.now()
  const end = from + options.days * dayMs
  const until = Math.max(end - quietMs, from + hourMs)
  const { trouble } = options
  startTraffic({ sandbox, truth, answers, time, chance: chance.fork('traffic'), itemsPerDay: options.itemsPerDay, until })
  planWorld({ sandbox, book, time, chance: chance.fork('world-plan'), workers: deployment.workers, from, until, trouble })
  const tenantPlan = { sandbox, truth, people, book, time, chance: chance.fork('tenant-plan'), from, until, trouble, killed: rules.killed }
  planTenants(tenantPlan)
  planMailboxes({ ...tenantPlan, chance: chance.fork('mailbox-plan'), tookPipe: rules.tookPipe })
  world.beginTrouble(({ address }) => {
    for (const site of truth.sharersOf(address ?? '').filter(({ state }) => state === 'live')) {
      book.count('sign-in lost with an answer')
      loseGrant(tenantPlan, site)
    }
  })
  time.schedule(until, async () => world.endTrouble())
  for (let at = from; at < end; at += 6 * hourMs) {
    await time.runUntil(Math.min(at + 6 * hourMs, end))
    await keepHouse(world)
    const day = (at - from) / dayMs
    if (day % 5 === 0) options.progress(`day ${day}, ${time.events} events`)
    if (day % 15 === 0) rules.inspectRows()
  }
}

async function keepHouse({ sandbox, owners, time, store, truth, people }: World): Promise<void> {
  // The sandbox remembers for tests, which look at single calls.
  sandbox.clearRequests()
  sandbox.clearDeliveries()
  owners.tidy(time.now())
  // An operator sees on a connection's page what was set aside, and has it tried again.
  for (const site of truth.sites) {
    const { tenantId, connectionId, state } = site
    if (state !== 'live' || connectionId === null) continue
    if ((await store.outbox.count(tenantId, connectionId, 'quarantined')) > 0) void people.redrive(site)
  }
}
