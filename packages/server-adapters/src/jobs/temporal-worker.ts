import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from '@temporalio/worker'
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker'
import type { TickActivities } from './temporal-names.ts'

const restartAfterMs = 5000

export interface TickWorkerOptions {
  readonly nativeConnection: NativeConnection
  readonly namespace: string
  readonly taskQueue: string
  readonly workflowBundle: WorkflowBundleOption | undefined
  readonly activities: TickActivities
  readonly onFailure: (error: unknown) => void
}

/** Runs a worker that does one sweep at a time, and a new one whenever it fails. */
export async function startTickWorker(options: TickWorkerOptions): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  let worker = await createWorker(options)

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        // Ends without a failure when it is shut down, by us or by a signal to the process.
        await worker.run()
        return
      } catch (error) {
        options.onFailure(error)
      }
      worker = await recreate()
    }
  }

  const recreate = async (): Promise<Worker> => {
    for (;;) {
      // Aborted: the loop above ends before it would run this worker again.
      await wait(restartAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return worker
      try {
        return await createWorker(options)
      } catch (error) {
        options.onFailure(error)
      }
    }
  }

  const ended = run()
  return {
    async stop() {
      stopping.abort()
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await ended
    },
  }
}

function createWorker({ nativeConnection, namespace, taskQueue, workflowBundle, activities }: TickWorkerOptions): Promise<Worker> {
  return Worker.create({
    connection: nativeConnection,
    namespace,
    taskQueue,
    activities: { ...activities },
    ...(workflowBundle === undefined ? { workflowsPath: workflowFile() } : { workflowBundle }),
    maxConcurrentActivityTaskExecutions: 1,
    // Longer than any tick, so that stop waits for it instead of cancelling it.
    shutdownGraceTime: '20 minutes',
  })
}

/** The workflow's file beside this one, as it is in the sources and as it is published. */
export function workflowFile(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './temporal-workflow.ts' : './temporal-workflow.js', import.meta.url))
}
