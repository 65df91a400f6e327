import * as z from 'zod/mini'
import { chooseWords, lenientText as text } from '../rest/refusal-words.ts'
import type { RefusalWords } from '../rest/refusal-words.ts'

const inner = z.catch(z.optional(z.object({ code: text })), undefined)

const graphRefusal = z.object({ error: z.object({ code: text, message: text, innerError: inner, innererror: inner }) })

/** Reads Graph's `error`. What support asks for, the request id, stands before the text, which is cut. Source: learn.microsoft.com/graph/errors. */
export function readRefusal(json: unknown, headers: Headers): RefusalWords {
  const read = graphRefusal.safeParse(json)
  const { code, message, innerError, innererror } = read.success ? read.data.error : {}
  const id = headers.get('request-id') ?? ''
  const told = [...(/^[\w-]{1,64}$/.test(id) ? [`request-id ${id}`] : []), ...(message === undefined ? [] : [message])].join(' ')
  return chooseWords([code, innerError?.code, innererror?.code], told === '' ? undefined : told)
}
