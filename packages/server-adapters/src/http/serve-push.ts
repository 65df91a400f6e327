import type { Door } from './handler-options.ts'
import { readBody } from './read-body.ts'
import { respondEmpty } from './respond.ts'

export interface PushRoute {
  readonly path: string
  readonly key: string
}

/**
 * Hands a notification to the sdk, byte for byte: no session, no origin; the sdk authenticates. 204 once it is durable, or known never to be readable;
 * everything else makes the sender try again.
 */
export async function servePush(door: Door, { path, key }: PushRoute, request: Request): Promise<Response> {
  const body = await readBody(request, door.bodyBytes)
  await door.sdk.push.receive({ path, key, headers: request.headers, body })
  return respondEmpty(204)
}
