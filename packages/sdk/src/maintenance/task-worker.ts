import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { groupBy } from '../model/group-by.ts'
import type { ClaimedTask, SubscriptionRecord, TaskEnd, TaskKind } from '../ports/index.ts'
import type { PipesOf } from './check-pulse.ts'
import { gather } from './gather.ts'
import { holdBack, readBreakers, settleTry } from './hold-back.ts'
import type { Breakers, ProviderTask } from './hold-back.ts'
import { runTask } from './run-task.ts'
import type { TaskResult } from './task-result.ts'
import { createTroubleWatch } from './trouble-watch.ts'

export type TaskOutcome = 'ok' | 'failed' | 'released'

export interface TaskWorker {
  /** Reads what claimed tasks need, in two questions for all of them. */
  prepare(tasks: readonly ClaimedTask[]): Promise<void>
  /** @throws `unavailable` when the store is, and nothing else */
  run(task: ClaimedTask): Promise<TaskOutcome>
  giveBack(task: ClaimedTask): Promise<TaskOutcome>
}

/** What was read of a task before its turn. */
interface Prepared {
  readonly connection: Connection | null
  readonly shared: ProviderTask | null
  readonly breakers: Breakers
}

const crashWaitMs = 10 * 60_000
const asksNobody: readonly TaskKind[] = ['deliver', 'clean-up', 'goodbye', 'listen']

/** Does claimed tasks of one sweep. */
export function createTaskWorker(context: Context): TaskWorker {
  const finish = gather((ends: readonly TaskEnd[]) => context.store.tasks.finish(ends))
  const askForPipes = gather((connections: readonly Connection[]) => readPipes(context, connections))
  const pipesOf: PipesOf = async (connection) => (await askForPipes(connection)) ?? []
  const watch = createTroubleWatch(context)
  const prepared = new Map<string, Prepared>()

  return {
    async prepare(tasks) {
      const keys = tasks.map(({ tenantId, connectionId: id }) => ({ tenantId, id }))
      const found = await context.store.connections.getMany(keys)
      const connections = new Map(found.map((connection) => [nameOf(connection.tenantId, connection.id), connection]))
      const work = tasks.map((task) => {
        const connection = connections.get(nameOf(task.tenantId, task.connectionId)) ?? null
        return { task, connection, shared: sharedTask(task, connection) }
      })
      const breakers = await readBreakers(
        context,
        work.flatMap(({ shared }) => shared ?? []),
      )
      for (const { task, ...facts } of work) prepared.set(taskName(task), { ...facts, breakers })
    },
    async run(task) {
      const begunAt = context.clock.now()
      context.telemetry.record('tenantry.task.lateness_ms', begunAt - task.dueAt, { kind: task.kind })
      const result = await attempt(task)
      const attempts = result.failed ? 'count' : 'reset'
      const held = await finish({ task, nextDueAt: result.nextDueAt, attempts: result.postponed ? 'keep' : attempts })
      const outcome = toOutcome(result, held === true)
      context.telemetry.record('tenantry.task.duration_ms', context.clock.now() - begunAt, { kind: task.kind, outcome })
      context.telemetry.count('tenantry.tasks', 1, { kind: task.kind, outcome: result.postponed ? 'postponed' : outcome })
      return outcome
    },
    async giveBack(task) {
      await finish({ task, nextDueAt: task.dueAt, attempts: 'keep' })
      return 'released'
    },
  }

  /** `null` for one that asks no provider, or not before it ends. */
  function sharedTask({ kind }: ClaimedTask, connection: Connection | null): ProviderTask | null {
    if (connection === null || asksNobody.includes(kind)) return null
    const provider = context.providers.get(connection.provider)
    return provider === undefined ? null : { kind, connection, provider }
  }

  /** One tenant's unreadable secrets, or a bug, must not keep the others waiting; a store that is down stops everything anyway. @throws `unavailable` */
  async function attempt(task: ClaimedTask): Promise<TaskResult> {
    try {
      const { connection = null, shared = null, breakers = new Map() } = prepared.get(taskName(task)) ?? {}
      prepared.delete(taskName(task))
      if (shared === null) return await runTask(context, task, { connection, pipesOf })
      const held = await holdBack(context, shared, breakers)
      if (held !== null && 'failed' in held) return held
      const result = await runTask(context, task, { connection, pipesOf })
      if (held !== null) await settleTry(context, held, result.trouble?.kind === 'silent')
      await watch(shared, result)
      return result
    } catch (error) {
      if (isTenantryError(error) && error.code === 'unavailable') throw error
      const name = isTenantryError(error) ? error.code : error instanceof Error ? error.name : 'unknown'
      context.logger.log('error', 'task.crashed', { kind: task.kind, connectionId: task.connectionId, name })
      return { nextDueAt: context.clock.now() + crashWaitMs, failed: true }
    }
  }
}

/** Of each, newest first. */
async function readPipes({ store }: Context, connections: readonly Connection[]): Promise<readonly (readonly SubscriptionRecord[])[]> {
  const records = await store.subscriptions.listMany(connections.map(({ tenantId, id: connectionId }) => ({ tenantId, connectionId })))
  const groups = groupBy(records, ({ tenantId, connectionId }) => nameOf(tenantId, connectionId))
  return connections.map(({ tenantId, id }) => groups.get(nameOf(tenantId, id)) ?? [])
}

function toOutcome({ failed, postponed }: TaskResult, held: boolean): TaskOutcome {
  if (!held || postponed) return 'released'
  return failed ? 'failed' : 'ok'
}

const nameOf = (tenantId: string, connectionId: string): string => JSON.stringify([tenantId, connectionId])

const taskName = ({ tenantId, connectionId, kind }: ClaimedTask): string => JSON.stringify([tenantId, connectionId, kind])
