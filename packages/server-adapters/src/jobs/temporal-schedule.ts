import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client'
import type { Client, ScheduleOptionsStartWorkflowAction, ScheduleUpdateOptions } from '@temporalio/client'
import { workflowType } from './temporal-names.ts'

const longestJitterMs = 5000

/** Makes sure of the one schedule of a task queue, whoever comes first. One that an operator paused stays paused. */
export async function ensureSchedule(
  client: Pick<Client, 'schedule'>,
  { taskQueue, everyMs }: { readonly taskQueue: string; readonly everyMs: number },
): Promise<void> {
  const wanted: Omit<ScheduleUpdateOptions<ScheduleOptionsStartWorkflowAction<() => Promise<void>>>, 'state'> = {
    spec: { intervals: [{ every: everyMs }], jitter: Math.min(longestJitterMs, everyMs / 10) },
    // A missed tick is worth nothing: the next one does its work.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 seconds', pauseOnFailure: false },
    action: { type: 'startWorkflow', workflowType, taskQueue, workflowId: `${taskQueue}-scheduled`, args: [] },
  }
  try {
    await client.schedule.create({ scheduleId: taskQueue, ...wanted })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    await client.schedule.getHandle(taskQueue).update(({ state }) => ({ ...wanted, state }))
  }
}
