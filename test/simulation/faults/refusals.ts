import type { Exchange } from '../world/exchange.ts'

/** How the vendor of a request says that it is in trouble, or that a quota is used up. */
export interface Refusals {
  broken(status: 500 | 503): Response
  /** `leftMs` is named, or not, as `isNamed` says. */
  throttled(limit: 'account' | 'project', leftMs: number, isNamed: boolean): Response
}

/** Each in the vendor's own shape. Sources: facts of developers.google.com and learn.microsoft.com on errors, as the sandbox has them. */
export function refusalsFor({ service, path }: Pick<Exchange, 'service' | 'path'>): Refusals {
  if (service === 'graph') return graph
  return path.startsWith('/login.microsoftonline.com/') ? entra : google
}

const google: Refusals = {
  broken: (status) => googleError(status, 'backendError'),
  throttled: (limit, leftMs, isNamed) =>
    googleError(429, limit === 'project' ? 'rateLimitExceeded' : 'userRateLimitExceeded', isNamed ? retryAfter(leftMs) : {}),
}

const graph: Refusals = {
  broken: (status) => graphError(status, status === 503 ? 'serviceNotAvailable' : 'generalException'),
  // Exchange also says it as a server that is busy.
  throttled: (limit, leftMs, isNamed) =>
    limit === 'account' && !isNamed
      ? graphError(503, 'ErrorServerBusy')
      : graphError(429, limit === 'project' ? 'TooManyRequests' : 'ApplicationThrottled', isNamed ? retryAfter(leftMs) : {}),
}

const entra: Refusals = {
  broken: () => entraError('temporarily_unavailable', 90033),
  throttled: (_, leftMs) => Response.json(null, { status: 429, headers: retryAfter(leftMs) }),
}

const retryAfter = (leftMs: number): Record<string, string> => ({ 'retry-after': String(Math.ceil(leftMs / 1000)) })

function googleError(code: number, reason: string, headers: Record<string, string> = {}): Response {
  const error = { code, message: reason, errors: [{ domain: 'usageLimits', reason, message: reason }] }
  return Response.json({ error }, { status: code, headers })
}

function graphError(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { code, message: code, innerError: {} } }, { status, headers })
}

function entraError(error: string, number: number): Response {
  const body = { error, error_description: `AADSTS${number}: A transient error has occurred. Please try again.`, error_codes: [number] }
  return Response.json(body, { status: 503 })
}
