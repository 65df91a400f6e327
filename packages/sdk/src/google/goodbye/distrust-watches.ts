import { changePipe } from '../../connections/change-pipe.ts'
import type { Context } from '../../context.ts'
import { topicOf } from '../../providers/gmail/push/plan.ts'
import type { OwnedSetup } from '../../providers/gmail/push/setup.ts'

/** Nobody knows whether a watch outlives its topic: should one of that name be there again, each mailbox opens another. @throws `unavailable` */
export async function distrustWatches(context: Context, { names, endpoint: { tenantId } }: OwnedSetup): Promise<void> {
  for (const { id, provider } of await context.store.connections.list(tenantId)) {
    if (provider !== 'gmail') continue
    for (const pipe of await context.store.subscriptions.list(tenantId, id))
      await changePipe(context, pipe, (current) =>
        current?.state === 'active' && topicOf(current.target) === names.topic ? { ...current, state: 'pending' } : null,
      )
  }
}
