import type { Context } from '../context.ts'
import type { SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider, ProviderCall } from '../providers/provider.ts'
import { classifyAny } from './classify-any.ts'

/** Asks the provider to stop a pipe, for the first time or again; one whose time is over has stopped by itself. @returns whether it has */
export async function stopPipe(
  context: Context,
  provider: AnyProvider,
  call: ProviderCall,
  pipe: SubscriptionRecord,
  { again }: { readonly again: boolean },
): Promise<boolean> {
  if (pipe.expiresAt !== null && pipe.expiresAt <= context.clock.now()) return true
  try {
    await provider.unsubscribe(call, pipe)
    return true
  } catch (error) {
    // One that is asked again and again until it ends would fill the log.
    context.logger.log(again ? 'debug' : 'warn', 'subscription.stop_failed', {
      connectionId: pipe.connectionId,
      code: classifyAny(context, error).code,
    })
    return false
  }
}
