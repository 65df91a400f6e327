import type { Context } from '../context.ts'
import type { AnyProvider, VerbDoor } from '../providers/provider.ts'
import { rejectAccessToken } from './access-token.ts'
import { classifyAny } from './classify-any.ts'
import { openCall } from './client.ts'
import { markOwnKey } from './mark-own.ts'
import { once } from './once.ts'

/** What a provider's own verbs are lent, and nothing else of the context. */
export function verbDoor(context: Context, provider: AnyProvider): VerbDoor {
  return {
    open: (options) => openCall(context, provider, options),
    async ask(call, work, audience) {
      try {
        return await work(await call.accessToken(audience))
      } catch (error) {
        const failure = classifyAny(context, error)
        if (failure.code !== 'token_rejected' || !(await rejectAccessToken(context, call.connection, audience))) throw failure
      }
      try {
        return await work(await call.accessToken(audience))
      } catch (error) {
        throw classifyAny(context, error)
      }
    },
    once: (call, input, work) => once(context, call, input, work),
    markOwn: ({ connection }, key) => markOwnKey(context, connection, key),
  }
}
