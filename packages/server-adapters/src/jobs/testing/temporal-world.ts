import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, bundleWorkflowCode } from '@temporalio/worker'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import type { Logger } from '@tenantry/sdk/ports'
import { workflowFile } from '../temporal-worker.ts'
import { createTemporalJobs } from '../temporal.ts'
import type { TemporalJobsOptions } from '../temporal.ts'
import { startProxy } from './start-proxy.ts'

const mortal = fileURLToPath(new URL('mortal-worker.ts', import.meta.url))

let bundle: Promise<WorkflowBundleWithSourceMap> | null = null

/** The workflow's code as a worker takes it; once for all tests of a file. */
export function bundleTick(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= bundleWorkflowCode({ workflowsPath: workflowFile(), logger: new DefaultLogger('ERROR') })
  return bundle
}

/** Keeps the worker's chatter out of the tests' output. */
export function quieten(): void {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'OFF' } } })
}

/** Temporal on a real server, each world on a task queue of its own. */
export async function createTemporalWorld(server: string, defaults: { readonly everySeconds?: number; readonly logger?: Logger } = {}) {
  const { everySeconds = 1, logger = { log: () => undefined } } = defaults
  const taskQueue = `tick-${randomUUID()}`
  const { address, cut } = await startProxy(server)
  const connection = await Connection.connect({ address })
  const client = new Client({ connection })
  const natives: NativeConnection[] = []
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }

  const createRunner = async (options: Partial<TemporalJobsOptions> & { readonly bundled?: false } = {}) => {
    const nativeConnection = await NativeConnection.connect({ address })
    natives.push(nativeConnection)
    const { bundled, ...rest } = options
    const workflowBundle = bundled === false ? {} : { workflowBundle: await bundleTick() }
    return createTemporalJobs({ client, nativeConnection, taskQueue, everySeconds, clock, logger, ...workflowBundle, ...rest })
  }

  return {
    taskQueue,
    client,
    clock,
    createRunner,
    /** A minute takes some seconds: the schedule is that much faster. */
    pass: (ms: number): Promise<void> => wait(200 + Math.min(ms, 5000) * 0.26 + Math.max(ms - 5000, 0) * 0.018),
    jump: async (ms: number) => void (ahead += ms),
    lose: cut,
    /** A worker of another process that is killed within its sweep. */
    async crash(): Promise<void> {
      const child = spawn(process.execPath, [mortal, address, taskQueue], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(child, 'exit')
      await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error('The worker ended before its sweep.')))])
      child.kill('SIGKILL')
      await ended
    },
    /** Every history, and the schedule. */
    async stored(): Promise<readonly unknown[]> {
      const rows: unknown[] = []
      for await (const { workflowId, runId } of client.workflow.list({ query: `TaskQueue = '${taskQueue}'` }))
        rows.push(workflowId, readable(await client.workflow.getHandle(workflowId, runId).fetchHistory()))
      rows.push(readable((await client.schedule.getHandle(taskQueue).describe()).raw))
      return rows
    },
    async close() {
      await client.withDeadline(Date.now() + 2000, () => client.schedule.getHandle(taskQueue).delete()).catch(() => undefined)
      for (const native of natives) await native.close().catch(() => undefined)
      await connection.close()
      await cut()
    },
  }
}

/** Payloads are bytes; their text is what is looked for. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (Array.isArray(value)) return value.map(readable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]))
}
