import { createDistribution } from './lateness.ts'
import type { World } from './world/create-world.ts'
import { inWorld } from './world/in-world.ts'
import type { Site, Tenant } from './world/truth.ts'

export interface Fairness {
  /** How late the small tenants' work was done, at the 99th percentile, milliseconds: with nobody else's due, and with all of the whale's. */
  readonly aloneMs: number
  readonly crowdedMs: number
  readonly ratio: number
}

const restMs = 2 * 3_600_000
const stepMs = 100
const patienceMs = 30 * 60_000

/** One tenant has everything due at once, and many have one connection each. */
export function measureFairness(input: { readonly seed: number; readonly whale: number; readonly small: number }): Promise<Fairness> {
  const { seed, whale, small } = input
  const tenants = [newTenant('whale', whale), ...Array.from({ length: small }, (_, at) => newTenant(`small-${at}`, 1))]
  const options = { seed, connections: whale + small, days: 2, workers: 2 }
  return inWorld(
    options,
    async (world) => {
      const smalls = world.truth.sites.filter(({ tenantId }) => tenantId !== 'whale')
      // Both times after everybody's access token has ended.
      await world.time.runUntil(world.time.now() + restMs)
      const aloneMs = await timeWork(world, smalls, smalls)
      await world.time.runUntil(world.time.now() + restMs)
      const crowdedMs = await timeWork(world, world.truth.sites, smalls)
      return { aloneMs, crowdedMs, ratio: crowdedMs / aloneMs }
    },
    tenants,
  )
}

/** Makes a look at each of `due` due at once, and waits for those of `watched`. */
async function timeWork({ time, store, deployment }: World, due: readonly Site[], watched: readonly Site[]): Promise<number> {
  const dueAt = time.now()
  const taskOf = ({ tenantId, connectionId }: Site) => ({ tenantId, connectionId: connectionId ?? '', kind: 'reconcile' as const })
  for (const site of due) await store.tasks.schedule({ ...taskOf(site), dueAt })
  for (const worker of deployment.workers) worker.wake()
  const lateness = createDistribution()
  let waiting = [...watched]
  while (waiting.length > 0 && time.now() < dueAt + patienceMs) {
    await time.runUntil(time.now() + stepMs)
    const tasks = await Promise.all(waiting.map((site) => store.tasks.get(site.tenantId, site.connectionId ?? '', 'reconcile')))
    const left = waiting.filter((_, at) => tasks[at]?.dueAt === dueAt)
    for (let done = waiting.length - left.length; done > 0; done -= 1) lateness.add(time.now() - dueAt)
    waiting = left
  }
  for (const _ of waiting) lateness.add(patienceMs)
  return lateness.at(0.99)
}

function newTenant(id: string, size: number): Tenant {
  const sites = Array.from({ length: size }, (_, at): Site => ({
    tenantId: id,
    provider: 'gmail',
    address: `box-${at}@${id}.test`,
    calendarId: '',
    delegate: '',
    connectionId: null,
    state: 'new',
    since: 0,
    kills: [],
    everAway: false,
    everLost: false,
  }))
  return { id, sites, projectId: '', clientId: '', entra: null, gone: false }
}
