import type { Exchange } from './create-exchange.ts'
import type { RestCall } from './rest-call.ts'

/** Calls a vendor once, without retry, for its status alone. @throws ProviderRefusal */
export type RestCommand = (call: RestCall) => Promise<void>

export function createCommand(exchange: Exchange): RestCommand {
  return (call) =>
    exchange(call, async (response) => {
      // The status has told all: what else comes can no longer undo it, and is not waited for.
      void response.body?.cancel().catch(() => undefined)
    })
}
