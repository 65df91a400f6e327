/** Every path of the product's own that an outside party calls. Fixed by the requirements. */
export const publicPaths = {
  gmailCallback: '/api/auth/google/callback',
  calendarCallback: '/api/auth/google/calendar/callback',
  gmailPush: '/api/email/webhooks/google',
  calendarPush: '/api/calendar/webhooks/google',
  microsoftCallback: '/api/auth/microsoft/callback',
  microsoftPush: '/api/email/webhooks/microsoft',
} as const

/** Google's redirect URIs, for the panel and for the authorization URL alike. */
export function redirectUris(baseUrl: string): { gmail: string; calendar: string } {
  return { gmail: baseUrl + publicPaths.gmailCallback, calendar: baseUrl + publicPaths.calendarCallback }
}

/** The one redirect URI of a Microsoft app. */
export function microsoftRedirectUri(baseUrl: string): string {
  return baseUrl + publicPaths.microsoftCallback
}

/** The configured origin without a trailing slash. Throws a `TypeError` at start-up, because a wrong base URL is a programming error. */
export function parseBaseUrl(input: string, option = 'baseUrl'): string {
  const url = URL.canParse(input) ? new URL(input) : null
  const bare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (url === null || !bare || (url.protocol !== 'https:' && !isLoopback(url))) {
    throw new TypeError(
      `createTenantry: ${option} must be an origin such as https://app.example.com (http only on localhost). It is configuration and is never taken from a request.`,
    )
  }
  return url.origin
}

export function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]' || host.endsWith('.localhost')
}

/** The host without the dot that may end an absolute name. */
const hostOf = (url: URL): string => url.hostname.replace(/\.$/, '')

/** Whether a vendor can post to this origin: https, a public name, no private address. */
export function isPubliclyReachable(origin: string): boolean {
  const url = new URL(origin)
  if (url.protocol !== 'https:' || isLoopback(url)) return false
  const host = hostOf(url)
  if (host.startsWith('[')) return !/^\[(::|fc|fd|fe8|fe9|fea|feb|ff)/i.test(host)
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return !/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(host)
  return host.includes('.') && !/\.(local|internal|lan|home|localdomain)$/.test(host)
}
