import type { Problem } from '@tenantry/sdk/wire'

const guarded = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', vary: 'cookie, origin' }

export function respondJson(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status: 200, headers: { ...guarded, 'content-type': 'application/json', ...headers } })
}

export function respondProblem(problem: Problem): Response {
  const { status, retryAfterMs } = problem
  const wait = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
  return new Response(JSON.stringify(problem), { status, headers: { ...guarded, 'content-type': 'application/problem+json', ...wait } })
}

/** What a vendor wants to hear: never read as anything else than text. */
export function respondText(text: string): Response {
  return new Response(text, { status: 200, headers: { ...guarded, 'content-type': 'text/plain; charset=utf-8' } })
}

/** Nothing but a status. */
export function respondEmpty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...guarded, ...headers } })
}
