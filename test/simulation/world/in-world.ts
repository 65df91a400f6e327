import { createChance } from '../chance.ts'
import { withDefaults } from '../simulation-options.ts'
import type { SimulationOptions } from '../simulation-options.ts'
import { createOneAtATime, install } from '../time/install.ts'
import { createVirtualTime } from '../time/virtual-time.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { drawTenants } from './draw-tenants.ts'
import type { Tenant } from './truth.ts'

const start = Date.UTC(2026, 10, 21, 8)

/** Makes a world under one clock and one seed, moves everybody in, works in it, and gives the process its own time back. */
export async function inWorld<T>(given: SimulationOptions, work: (world: World) => Promise<T>, tenants?: readonly Tenant[]): Promise<T> {
  const options = withDefaults(given)
  const chance = createChance(options.seed)
  const threads = createOneAtATime()
  const time = createVirtualTime(start, threads.isBusy)
  const takeBack = install({ time, chance: chance.fork('crypto'), threads })
  try {
    const drawn = tenants ?? drawTenants(chance.fork('tenants'), options)
    const world = createWorld(options, { time, threads, chance, tenants: drawn })
    await untilSettled(time, moveIn(world))
    return await work(world)
  } finally {
    takeBack()
  }
}

/** Everybody sets up an app and connects, while the workers already run. */
async function moveIn({ truth, people, time, options }: World): Promise<void> {
  let connected = 0
  for (const tenant of truth.tenants) {
    await people.setUp(tenant)
    for (const site of tenant.sites) {
      if (!(await people.connect(site))) throw new Error(`${site.address} could not be connected`)
      site.state = 'live'
      site.since = time.now()
      connected += 1
      if (connected % 500 === 0) options.progress(`${connected} connected`)
    }
  }
}

async function untilSettled(time: VirtualTime, work: Promise<void>): Promise<void> {
  const state = { ended: false }
  const watched = work.finally(() => {
    state.ended = true
  })
  // Looked at later, and never unhandled.
  watched.catch(() => undefined)
  while (!state.ended) await time.runUntil(time.now() + 1_000)
  await watched
}
