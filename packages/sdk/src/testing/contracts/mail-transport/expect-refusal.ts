import { ProviderRefusal } from '../../../errors/index.ts'

/** Expects that a call is refused as a gateway refuses. @returns the refusal */
export async function expectRefusal(call: Promise<unknown>): Promise<ProviderRefusal> {
  const error: unknown = await call.then(
    () => new Error('Expected a refusal, but the call gave an answer.'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderRefusal)) throw error
  return error
}
