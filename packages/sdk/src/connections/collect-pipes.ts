import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { changePipe } from './change-pipe.ts'
import { providerCall } from './provider-call.ts'
import { stopPipe } from './stop-pipe.ts'

/** With a deadline of ten seconds for each, less than the lease of a task. */
const most = 20

/** Stops those pipes that are retiring by now, at most twenty at a time. What cannot be stopped stays `retiring`, and is asked for again at the next look. */
export async function collectPipes(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  pipes: readonly SubscriptionRecord[],
): Promise<void> {
  const call = providerCall(context, provider, connection)
  // One whose resource is known can be stopped; others may have to wait for that until they end.
  const first = pipes.toSorted((one, other) => Number(one.resourceId === null) - Number(other.resourceId === null))
  for (const pipe of first.slice(0, most)) {
    // As it is now: a post may have told its resource, and a watch of the same name may be open again.
    const current = await context.store.subscriptions.findById(pipe.id)
    if (current?.tenantId !== connection.tenantId || current.state !== 'retiring') continue
    if (await stopPipe(context, provider, call, current, { again: pipe.state === 'retiring' }))
      await changePipe(context, pipe, (latest) => (latest?.state === 'retiring' ? { ...latest, state: 'retired' } : null))
  }
}
