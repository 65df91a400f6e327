import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { SimulatedTenantry } from './simulated-tenantry.ts'

/** One process of the deployment: it ticks, takes posts in, and may die in the middle of anything. */
export interface Worker {
  readonly name: string
  /** Its clock is so many milliseconds ahead. */
  skewMs: number
  /** Dies at a random step soon, and comes back after a while. */
  doom(): void
  receive(request: Request): Promise<Response>
  /** Does a job of the host's. @returns `null` when it died over it, or was dead. @throws what the job throws */
  work<T>(job: (tenantry: Pick<SimulatedTenantry, 'sdk'>) => Promise<T>): Promise<T | null>
  wake(): void
  stop(): void
}

/** One run of a process, from its start to its death. */
export interface Life {
  readonly tenantry: Pick<SimulatedTenantry, 'sdk' | 'receivePush'>
  isDead(): boolean
}

export interface WorkerParts {
  readonly name: string
  readonly time: VirtualTime
  readonly chance: Chance
  readonly tickMs: number
  /** How often a tick comes: 0 when it is lost, 2 when it is doubled. */
  readonly ticks: () => number
  /** `diesAt` names the step. */
  readonly begin: (self: () => Worker, diesAt: number | null, onDeath: () => void) => Life
  /** What a sweep threw while its process lived. */
  readonly failed: (error: unknown) => void
}

const soonestMs = 1_000

export function createWorker(parts: WorkerParts): Worker {
  const { time, chance, tickMs, ticks } = parts
  let stopped = false
  let plannedAt = Infinity
  const worker: Worker = { name: parts.name, skewMs: 0, doom, receive, work, wake: () => plan(time.now() + soonestMs), stop }
  let life = parts.begin(
    () => worker,
    null,
    () => undefined,
  )

  function doom(): void {
    const doomed = parts.begin(
      () => worker,
      chance.between(1, 300),
      () => {
        time.schedule(time.now() + chance.between(10_000, 120_000), async () => {
          if (life === doomed)
            life = parts.begin(
              () => worker,
              null,
              () => undefined,
            )
        })
      },
    )
    life = doomed
  }

  async function receive(request: Request): Promise<Response> {
    if (life.isDead()) return new Response(null, { status: 503 })
    try {
      return await life.tenantry.receivePush(request)
    } catch {
      return new Response(null, { status: 503 })
    }
  }

  async function work<T>(job: (tenantry: Pick<SimulatedTenantry, 'sdk'>) => Promise<T>): Promise<T | null> {
    const { tenantry, isDead } = life
    if (isDead()) return null
    try {
      const result = await job(tenantry)
      return isDead() ? null : result
    } catch (error) {
      if (isDead()) return null
      throw error
    }
  }

  async function sweep(): Promise<void> {
    const { tenantry, isDead } = life
    if (isDead()) return
    try {
      const { nextWakeAt } = await tenantry.sdk.maintenance.sweep()
      if (nextWakeAt !== null && nextWakeAt < time.now() + tickMs) plan(Math.max(nextWakeAt, time.now() + soonestMs))
    } catch (error) {
      if (!isDead()) parts.failed(error)
    }
  }

  function plan(at: number): void {
    if (stopped || at >= plannedAt) return
    plannedAt = at
    time.schedule(at, async () => {
      if (plannedAt !== at) return
      plannedAt = Infinity
      for (let tick = ticks(); tick > 0; tick -= 1) void sweep()
      plan(time.now() + tickMs)
    })
  }

  function stop(): void {
    stopped = true
    plannedAt = -Infinity
  }

  plan(time.now() + chance.between(1, tickMs))
  return worker
}
