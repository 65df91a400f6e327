import type { Context } from '../context.ts'
import type { DeliveryMode } from '../model/connection.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** How long a connection is left alone at most, milliseconds: with a pipe as the host says, without one as its provider does. */
export function lookEveryMs(context: Context, { reconcileEveryMs }: AnyProvider, delivery: DeliveryMode): number {
  return delivery === 'push' ? (context.lookEveryMs ?? reconcileEveryMs.push) : reconcileEveryMs.polling
}
