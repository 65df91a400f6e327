import * as z from 'zod/mini'
import { chooseWords, lenientText as text } from '../rest/refusal-words.ts'
import type { RefusalWords } from '../rest/refusal-words.ts'

const inner = z.catch(z.optional(z.object({ code: text })), undefined)

const graphRefusal = z.object({ error: z.object({ code: text, message: text, innerError: inner, innererror: inner }) })

/** Reads Graph's `error`, and the header that names the request. Source: learn.microsoft.com/graph/errors. */
export function readRefusal(json: unknown, headers: Headers): RefusalWords {
  const read = graphRefusal.safeParse(json)
  const { code, message, innerError, innererror } = read.success ? read.data.error : {}
  return { ...chooseWords([code, innerError?.code, innererror?.code], message), requestId: headers.get('request-id') ?? undefined }
}
