import { TenantryError } from '@tenantry/sdk/errors'
import type { Clock, JobRunner, Logger } from '@tenantry/sdk/ports'
import { coalesce } from './coalesce.ts'
import { createEngineLog } from './engine-log.ts'
import { overlapTicks } from './overlap-ticks.ts'
import type { Ticks } from './overlap-ticks.ts'
import { openBoss } from './pg-boss-open.ts'
import type { OpenBoss, PgBossSource, PgBossSubset } from './pg-boss-open.ts'
import { changeableQueueOptions, defaultQueue, everyMinute, nextTicks, queueOptions } from './pg-boss-queue.ts'
import { processWarnings } from './process-warnings.ts'
import { startedAlready } from './run-tick.ts'
import type { Tick } from './run-tick.ts'
import { processTimers } from './timers.ts'
import type { Timers } from './timers.ts'

export type { PgBossSource, PgBossSubset }

export type PgBossJobsOptions = PgBossSource & {
  /** Default `tenantry.tick`. Environments that share a database need a queue each. */
  readonly queue?: string
  /** Longest pause between two ticks, in seconds, 1 to 60. Default 60. */
  readonly everySeconds?: number
  /** For processes that answer requests and leave the work to others. Default false. */
  readonly wakeOnly?: boolean
  readonly clock?: Clock
  readonly timers?: Timers
  /** Hears of failing ticks and of a failing engine. Default: a warning of the process. */
  readonly logger?: Logger
}

/**
 * Ticks by pg-boss, in as many processes as there are: a schedule each minute, a job for each wake, and one for work that is due sooner. Jobs
 * carry no data. `start` fails with `unavailable` when the database does not answer; later failures go to the logger.
 */
export function createPgBossJobs(options: PgBossJobsOptions): JobRunner {
  const { queue = defaultQueue, everySeconds = 60, wakeOnly = false } = options
  const { clock = { now: () => Date.now() }, timers = processTimers, logger = processWarnings } = options
  if (!(everySeconds >= 1 && everySeconds <= 60)) throw new TypeError('createPgBossJobs: everySeconds must be 1 to 60.')
  const tell = createEngineLog(logger, clock)

  let started = false
  let open: OpenBoss | null = null
  let worker: string | null = null
  let timer: unknown = null
  let ticks: Ticks | null = null

  const send = async (key: string, inSeconds: number): Promise<void> => {
    // A process that never starts can still wake through the host's boss.
    const boss = open?.boss ?? ('boss' in options ? options.boss : null)
    // A job that waited when the clock was set back would keep its key taken for hours, if the key did not name the time.
    const singletonKey = `${key}-${Math.floor(clock.now() / 60_000)}`
    try {
      await boss?.send(queue, null, { singletonKey, ...(inSeconds > 0 && { startAfter: inSeconds }) })
    } catch (error) {
      tell('wake', error)
    }
  }

  const wakes = coalesce(async () => {
    await send('wake', 0)
    // Spares an idle process the pause until its next look.
    if (worker !== null) open?.boss.notifyWorker(worker)
  })

  // pg-boss's schedule alone is not enough: an occurrence is lost when the instance that holds it stops, and all are when the clock is set back.
  const askRegularly = (): void => {
    timer = timers.set(() => {
      void send('every', 0)
      askRegularly()
    }, everySeconds * 1000)
  }

  const work = async (current: Ticks): Promise<void> => {
    const nextWakeAt = await current.next()
    const next = nextTicks(nextWakeAt, clock.now(), everySeconds * 1000)
    await Promise.all(next.map(({ key, inSeconds }) => send(key, inSeconds)))
  }

  const listen = async ({ boss }: OpenBoss, tick: Tick): Promise<void> => {
    await boss.createQueue(queue, queueOptions)
    await boss.updateQueue(queue, changeableQueueOptions)
    await boss.schedule(queue, everyMinute, null, { singletonKey: 'minute' })
    if (wakeOnly) return
    const current = overlapTicks(tick, { clock, timers, logger })
    ticks = current
    worker = await boss.work(queue, { pollingIntervalSeconds: 1, batchSize: 1 }, () => work(current))
    askRegularly()
  }

  const close = async (): Promise<void> => {
    timers.clear(timer)
    if (open !== null && worker !== null)
      await open.boss.offWork(queue, { id: worker, wait: true }).catch((error: unknown) => tell('run', error))
    worker = null
    // A tick that outlived its job is the engine's no more, but it is still ours.
    await ticks?.ended()
    await wakes.settled()
    await open?.close()
    open = null
  }

  return {
    async start(tick) {
      if (started) throw new Error(startedAlready)
      started = true
      try {
        open = await openBoss(options, (error) => tell('run', error))
        await listen(open, tick)
      } catch (error) {
        tell('start', error)
        await close()
        started = false
        throw new TenantryError('unavailable')
      }
      wakes.ask()
    },
    wake: () => wakes.ask(),
    async stop() {
      await close()
      started = false
    },
  }
}
