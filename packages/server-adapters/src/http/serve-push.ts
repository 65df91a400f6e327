import { isTenantryError } from '@tenantry/sdk/errors'
import type { Door } from './handler-options.ts'
import { readBody } from './read-body.ts'
import { respondEmpty } from './respond.ts'

export interface PushRoute {
  readonly path: string
  readonly key: string
}

/** Hands a notification to the sdk, byte for byte: no session, no origin; the sdk authenticates. 204 once it is durable. */
export async function servePush(door: Door, { path, key }: PushRoute, request: Request): Promise<Response> {
  const body = await readBody(request, door.bodyBytes)
  try {
    await door.sdk.push.receive({ path, key, headers: request.headers, body })
    return respondEmpty(204)
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'push_malformed') throw error
    // Verified but unreadable: sending it again would not help, so the sender is told to stop.
    door.logger.log('warn', 'push.malformed', { path })
    return respondEmpty(200)
  }
}
