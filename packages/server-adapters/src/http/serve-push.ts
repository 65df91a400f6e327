import type { Door } from './handler-options.ts'
import { readBody } from './read-body.ts'
import { respondEmpty, respondText } from './respond.ts'

export interface PushRoute {
  readonly path: string
  readonly key: string
}

/**
 * Hands a notification to the sdk, byte for byte: no session, no origin; the sdk authenticates. 204 once it is durable, or known never to be readable;
 * what the vendor wants to hear where it only asks; everything else makes the sender try again.
 */
export async function servePush(door: Door, { path, key }: PushRoute, request: Request): Promise<Response> {
  const body = await readBody(request, door.bodyBytes)
  const query = new URL(request.url).searchParams
  const { answer } = await door.sdk.push.receive({ path, key, query, headers: request.headers, body })
  return answer === null ? respondEmpty(204) : respondText(answer)
}
