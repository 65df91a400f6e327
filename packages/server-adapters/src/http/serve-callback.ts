import type { CompletedFlow } from '@tenantry/sdk'
import { failures } from '@tenantry/sdk/errors'
import { chooseLanguage } from './choose-language.ts'
import type { HandlerSdk } from './handler-sdk.ts'
import type { Door } from './handler-options.ts'
import { identifyPrincipal } from './identify-principal.ts'
import { limitRate } from './limit-rate.ts'
import { pagePolicy } from './page-policy.ts'
import { approvedWords, pageWords } from './page-words.ts'
import type { PageWords } from './page-words.ts'
import { readCookie } from './read-cookie.ts'
import { renderCallbackPage } from './render-callback-page.ts'
import type { CallbackPage } from './render-callback-page.ts'
import { toTenantryError } from './to-problem.ts'

/** Ends a sign-in and answers with a page that tells the opener. Nothing that came in the URL is repeated in it. */
export async function serveCallback(door: Door, callbackPath: string, request: Request): Promise<Response> {
  const language = chooseLanguage(request.headers.get('accept-language'))
  if (isApproval(new URL(request.url).searchParams))
    return respondPage(200, approvedWords(language), { flowId: null, outcome: 'connected', code: null, openerOrigin: null, backTo: null })
  const flow = await endFlow(door, callbackPath, request)
  const { flowId, outcome, values, openerOrigin, clearCookie } = flow
  const code = outcome === 'connected' ? null : (flow.code ?? 'internal')
  const page = { flowId, outcome, code, openerOrigin, backTo: findWayBack(door.sdk, flow) }
  return respondPage(code === null ? 200 : failures[code].httpStatus, pageWords(code, values, language), page, clearCookie)
}

/** An administrator followed the approval link, which belongs to no sign-in: nothing here changes by it, so nothing has to be proven. */
function isApproval(params: URLSearchParams): boolean {
  return params.get('admin_consent') === 'True' && !params.has('state') && !params.has('code') && !params.has('error')
}

async function respondPage(
  status: number,
  words: PageWords,
  page: Omit<CallbackPage, 'words'>,
  clearCookie: string | null = null,
): Promise<Response> {
  return new Response(renderCallbackPage({ ...page, words }), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': await pagePolicy(),
      'content-language': words.language,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'cookie, accept-language',
      ...(clearCookie !== null && { 'set-cookie': clearCookie }),
    },
  })
}

async function endFlow(door: Door, callbackPath: string, request: Request): Promise<CompletedFlow> {
  try {
    const address = door.clientAddress(request)
    if (address !== null) await limitRate(door, 'address', address, 'callback')
    // Before the flow is spent: a session that cannot be read leaves it open for another try.
    const principal = await identifyPrincipal(door, request)
    const cookies = request.headers.get('cookie')
    const params = new URL(request.url).searchParams
    return await door.sdk.flows.complete({ callbackPath, params, cookie: (name) => readCookie(cookies, name), principal })
  } catch (error) {
    const { code, values, httpStatus } = toTenantryError(error)
    if (httpStatus >= 500) door.logger.log('error', 'http.callback_failed', { code, path: callbackPath, requestId: door.random.uuid() })
    return { flowId: null, connectionId: null, outcome: 'failed', code, values, openerOrigin: null, returnTo: null, clearCookie: null }
  }
}

/** The stored return address with the outcome, if it is one of the product's own. */
function findWayBack({ baseUrl, allowedOrigins }: HandlerSdk, { returnTo, flowId, outcome }: CompletedFlow): string | null {
  if (returnTo === null || !URL.canParse(returnTo, baseUrl)) return null
  const url = new URL(returnTo, baseUrl)
  if (!allowedOrigins.includes(url.origin)) return null
  if (flowId !== null) url.searchParams.set('tn_flow', flowId)
  url.searchParams.set('tn_outcome', outcome)
  return url.href
}
