import type * as z from 'zod/mini'
import type { Exchange } from './create-exchange.ts'
import { NoAnswer } from './no-answer.ts'
import { readJson } from './read-json.ts'
import { smallAnswer } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'

/** Calls a vendor once, without retry, and checks the answer, which is JSON or nothing. @throws ProviderRefusal */
export type RestRequest = <T>(call: RestCall, answer: z.ZodMiniType<T>) => Promise<T>

export function createRequest(exchange: Exchange): RestRequest {
  return (call, schema) =>
    exchange(call, async (response, signal) => {
      const parsed = schema.safeParse(await readJson(response, call.capBytes ?? smallAnswer, signal))
      if (!parsed.success) throw new NoAnswer('unexpected_answer', response.status)
      return parsed.data
    })
}
