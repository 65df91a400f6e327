import type { ProviderCall } from '../../provider.ts'

/** The clocks of sender, Exchange and us differ. */
const marginMs = 10 * 60_000

/** Since when a lost place is searched, epoch milliseconds: somewhat earlier than it was lost, and never before the connection, in the whole seconds of mail servers. */
export function searchSince({ connection: { createdAt } }: Pick<ProviderCall, 'connection'>, since: number): number {
  return Math.max(since - marginMs, Math.floor(createdAt / 1000) * 1000)
}
