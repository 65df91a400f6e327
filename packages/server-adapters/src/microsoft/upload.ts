import type { RestRequest } from '../rest/create-request.ts'
import { uploadProgress } from './answers.ts'
import { refuse } from './graph-wire.ts'

const operation = 'graph.uploadSessions.put'
/** Twelve times 320 KiB: the largest multiple that is less than 4 MB. */
const rangeBytes = 12 * 320 * 1024

/**
 * Sends all bytes to an upload session, range by range, from where it says that it goes on. Without a token: the address is the right to
 * write. @throws ProviderRefusal reason `unexpected_answer` when the session goes back, ahead, or ends early
 */
export async function upload(request: RestRequest, url: string, content: Uint8Array): Promise<void> {
  const total = content.length
  let from = 0
  while (from < total) {
    const to = Math.min(from + rangeBytes, total)
    const headers = { 'content-range': `bytes ${from}-${to - 1}/${total}` }
    const progress = await request({ operation, method: 'PUT', url, headers, body: content.slice(from, to) }, uploadProgress)
    const [expected] = progress?.nextExpectedRanges ?? []
    const next = expected === undefined ? total : Number(/^(\d{1,12})-/.exec(expected)?.[1] ?? Number.NaN)
    // Nothing expected means that it is complete, which it can be after the last range only.
    if (!(next > from && next <= to) || (expected !== undefined && next === total)) throw refuse(operation, 200, 'unexpected_answer')
    from = next
  }
}
