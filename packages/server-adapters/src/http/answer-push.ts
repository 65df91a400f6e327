import { isTenantryError } from '@tenantry/sdk/errors'
import type { Door } from './handler-sdk.ts'
import { readBytes } from './read-json.ts'
import { safeHeaders } from './to-problem.ts'

/**
 * Takes a provider's push: no session, no origin, only its own proof. 204 once it is durable; 200 for one that is genuine and unreadable, because
 * sending it again would not help. @throws TenantryError for the rest: 401, 413, 503
 */
export async function answerPush(door: Door, request: Request, path: string, key: string): Promise<Response> {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { ...safeHeaders, allow: 'POST' } })
  try {
    await door.sdk.push.receive({ path, key, headers: request.headers, body: await readBytes(request) })
    return new Response(null, { status: 204, headers: safeHeaders })
  } catch (error) {
    if (!isTenantryError(error) || error.code !== 'push_malformed') throw error
    door.logger.log('warn', 'push.malformed', { path })
    return new Response(null, { status: 200, headers: safeHeaders })
  }
}
