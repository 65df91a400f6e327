import type { Exchange } from './create-exchange.ts'
import { NoAnswer } from './no-answer.ts'
import { readBytes } from './read-body.ts'
import { smallAnswer } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'

/** Calls a vendor once, without retry, for bytes of one of these media types. @throws ProviderRefusal */
export type RestDownload = (call: RestCall, mediaTypes: readonly string[]) => Promise<Uint8Array>

export function createDownload(exchange: Exchange): RestDownload {
  return (call, mediaTypes) =>
    exchange(call, async (response, signal) => {
      const bytes = await readBytes(response, call.capBytes ?? smallAnswer, signal)
      const [mediaType = ''] = (response.headers.get('content-type') ?? '').split(';')
      // A proxy's page must not be taken for what was asked.
      if (bytes.length === 0 || !mediaTypes.includes(mediaType.trim().toLowerCase()))
        throw new NoAnswer('unexpected_answer', response.status)
      return bytes
    })
}
