import type { Principal } from '@tenantry/sdk/model'
import type { Door } from './handler-sdk.ts'
import { callbackPage } from './callback-page.ts'
import { readCookie } from './read-cookie.ts'

/** Ends an OAuth round trip and answers with a small static page that tells the opener. Nothing that came in is written into it. */
export async function answerCallback(door: Door, request: Request, url: URL): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET' } })
  const completed = await door.sdk.flows.complete({
    callbackPath: url.pathname,
    params: url.searchParams,
    cookie: (name) => readCookie(request.headers.get('cookie') ?? '', name),
    principal: await identify(door, request),
  })
  const response = await callbackPage(completed, { baseUrl: door.sdk.baseUrl, language: request.headers.get('accept-language') ?? '' })
  if (completed.clearCookie !== null) response.headers.append('set-cookie', completed.clearCookie)
  return response
}

/** A session that cannot be told is no session; the flow then fails closed. */
async function identify(door: Door, request: Request): Promise<Principal | null> {
  try {
    return await door.identify(request)
  } catch {
    door.logger.log('warn', 'identify.failed')
    return null
  }
}
