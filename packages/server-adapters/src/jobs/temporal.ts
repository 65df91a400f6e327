import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker'
import { TenantryError } from '@tenantry/sdk/errors'
import type { Clock, JobRunner, Logger } from '@tenantry/sdk/ports'
import { coalesce } from './coalesce.ts'
import { createEngineLog } from './engine-log.ts'
import { overlapTicks } from './overlap-ticks.ts'
import type { Ticks } from './overlap-ticks.ts'
import { processWarnings } from './process-warnings.ts'
import { startedAlready } from './run-tick.ts'
import { createTickActivities } from './temporal-activity.ts'
import { defaultTaskQueue, wakeSignal, workflowType } from './temporal-names.ts'
import { ensureSchedule } from './temporal-schedule.ts'
import { startTickWorker } from './temporal-worker.ts'
import { processTimers } from './timers.ts'

/** Between two wakes of one process: a signal is a billed action, and a line in a history. */
const wakePauseMs = 500
const deadlineMs = 5000

export interface TemporalJobsOptions {
  /** The host's own; its namespace is the one that is used. */
  readonly client: Client
  /** Of the same server, for the worker. `null`: this process only wakes, and leaves the work to others. */
  readonly nativeConnection: NativeConnection | null
  /** Also the id of the schedule. Default `tenantry.tick`. Environments that share a namespace need one each. */
  readonly taskQueue?: string
  /** Longest pause between two ticks, in seconds, 1 to 60. Default 60. */
  readonly everySeconds?: number
  /** Made by `bundleWorkflowCode` from `@tenantry/server-adapters/jobs/temporal-workflow`. Default: bundled at the start. */
  readonly workflowBundle?: WorkflowBundleOption
  readonly clock?: Clock
  /** Hears of failing ticks and of a failing engine. Default: a warning of the process. */
  readonly logger?: Logger
}

/**
 * Ticks by Temporal: one schedule, whose runs are short workflows with one heartbeating activity. Nothing but pauses in milliseconds is in their
 * histories. `start` fails with `unavailable` when Temporal does not answer; later failures go to the logger.
 */
export function createTemporalJobs(options: TemporalJobsOptions): JobRunner {
  const { client, nativeConnection, taskQueue = defaultTaskQueue, everySeconds = 60, workflowBundle } = options
  const { clock = { now: () => Date.now() }, logger = processWarnings } = options
  if (!(everySeconds >= 1 && everySeconds <= 60)) throw new TypeError('createTemporalJobs: everySeconds must be 1 to 60.')
  const everyMs = everySeconds * 1000
  const tell = createEngineLog(logger, clock)

  let started = false
  let worker: { stop(): Promise<void> } | null = null
  let ticks: Ticks | null = null
  let pause = new AbortController()

  const withDeadline = <T>(work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + deadlineMs, work)

  // A run that sweeps already hears the signal, and sweeps once more.
  const signal = async (): Promise<void> => {
    try {
      const workflowId = `${taskQueue}-woken`
      await withDeadline(() => client.workflow.signalWithStart(workflowType, { workflowId, taskQueue, signal: wakeSignal, args: [] }))
    } catch (error) {
      tell('wake', error)
    }
  }
  const wakes = coalesce(signal, () => wait(wakePauseMs, undefined, { signal: pause.signal, ref: false }).catch(() => undefined))

  const close = async (): Promise<void> => {
    pause.abort()
    await worker?.stop()
    worker = null
    // A tick that outlived its activity is the engine's no more, but it is still ours.
    await ticks?.ended()
    await wakes.settled()
    pause = new AbortController()
  }

  return {
    async start(tick) {
      if (started) throw new Error(startedAlready)
      started = true
      try {
        if (nativeConnection !== null) {
          ticks = overlapTicks(tick, { clock, timers: processTimers, logger })
          const activities = createTickActivities({ ticks, everyMs, clock })
          const onFailure = (error: unknown): void => tell('run', error)
          const { namespace } = client.options
          worker = await startTickWorker({ nativeConnection, namespace, taskQueue, workflowBundle, activities, onFailure })
        }
        await withDeadline(() => ensureSchedule(client, { taskQueue, everyMs }))
      } catch (error) {
        tell('start', error)
        await close()
        started = false
        throw new TenantryError('unavailable')
      }
      wakes.ask()
    },
    wake() {
      // Once stopped, the host may close its connection, under which a call that waits to be repeated would break the process.
      if (started) wakes.ask()
    },
    async stop() {
      await close()
      started = false
    },
  }
}
