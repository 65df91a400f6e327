import type { HandlerSdk } from '@tenantry/server-adapters/http'

/** The cookies that the host has set in this page; a service worker sees none. */
export interface CookieJar {
  header(): string
  /** @param line the value of a Set-Cookie header */
  store(line: string): void
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>()
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    store(line) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /;\s*max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    },
  }
}

/** The sdk with its cookies kept: in a browser no Response carries Set-Cookie, so they are taken before they become a header. */
export function keepCookies(sdk: HandlerSdk, jar: CookieJar): HandlerSdk {
  const keep = async <Answer extends { setCookie: string }>(answer: Promise<Answer>): Promise<Answer> => {
    jar.store((await answer).setCookie)
    return answer
  }
  return {
    ...sdk,
    connections: {
      ...sdk.connections,
      connect: (call) => keep(sdk.connections.connect(call)),
      reconnect: (call) => keep(sdk.connections.reconnect(call)),
    },
  }
}

/** The request as it would reach the host: at its own origin, with the headers that only a browser may write. */
export function asSentByBrowser(request: Request, origin: string, jar: CookieJar): Request {
  const { pathname, search } = new URL(request.url)
  const sent = new Request(new URL(pathname + search, origin), request)
  const headers = new Headers(request.headers)
  headers.set('cookie', jar.header())
  headers.set('sec-fetch-site', 'same-origin')
  if (request.method !== 'GET') headers.set('origin', origin)
  // A Request drops these names from its own headers; a list of headers by itself keeps them.
  return Object.defineProperty(sent, 'headers', { value: headers })
}
