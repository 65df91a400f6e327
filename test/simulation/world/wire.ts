import type { Fetch } from '@tenantry/sdk/ports'
import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Exchange, WireWatcher } from './exchange.ts'
import { isAppGrant } from './owners.ts'
import type { Owners } from './owners.ts'

/** What happens to a request on its way. */
export interface WireFault {
  /** In the vendor's place. */
  readonly answer?: Response
  /** The vendor never hears of it. */
  readonly isReset?: boolean
  readonly delayMs?: number
  /** The request was carried out, and the answer lost; `answer` is what a server in between says then. */
  readonly lost?: boolean
  readonly limit?: 'account' | 'project'
}

export interface Wire {
  /** The network of one run of a process. */
  fetchFor(process: Process): Fetch
  readonly requests: ReadonlyMap<Exchange['service'], number>
  /** Exchanges of a refresh token, and calls that open or renew a pipe. */
  refreshes(): number
  renewals(): number
}

export interface Process {
  readonly worker: string
  readonly life: string
  readonly skewMs: () => number
}

interface WireParts {
  readonly serve: (request: Request) => Promise<Response>
  readonly time: VirtualTime
  readonly chance: Chance
  readonly owners: Owners
  readonly watchers: readonly WireWatcher[]
  readonly fault: (exchange: Exchange) => WireFault | null
}

const services: readonly [string, Exchange['service']][] = [
  ['/oauth2.googleapis.com/token', 'token'],
  ['/oauth2.googleapis.com/revoke', 'revoke'],
  ['/gmail.googleapis.com/', 'gmail'],
  ['/www.googleapis.com/calendar/', 'calendar'],
  ['/pubsub.googleapis.com/', 'pubsub'],
  ['/login.microsoftonline.com/', 'token'],
  ['/graph.microsoft.com/', 'graph'],
]

/** The network between the workers and the vendors: it takes time, it fails as planned, and everything on it is seen. */
export function createWire({ serve, time, chance, owners, watchers, fault }: WireParts): Wire {
  const requests = new Map<Exchange['service'], number>()

  let refreshes = 0
  let renewals = 0

  const begin = (request: Request, pathname: string, { worker, life, skewMs }: Process, form: URLSearchParams): Exchange => {
    const service = services.find(([start]) => pathname.startsWith(start))?.[1] ?? 'other'
    requests.set(service, (requests.get(service) ?? 0) + 1)
    const bearer = request.headers.get('authorization')
    const told = service === 'token' ? owners.ofForm(form) : { owner: owners.ofBearer(bearer, pathname), parties: [] }
    const refreshToken = form.get('refresh_token')
    return {
      ...told,
      at: time.now(),
      worker,
      life,
      skewMs: skewMs(),
      service,
      method: request.method,
      path: pathname,
      resourceTenant: owners.ofPath(pathname),
      refreshToken,
      grant: refreshToken ?? (isAppGrant(form) ? (form.get('client_id') ?? '') : null),
      isServed: false,
      endedAt: null,
      status: 0,
      retryAt: null,
      limit: null,
    }
  }

  const carry = async (request: Request, exchange: Exchange, form: URLSearchParams): Promise<[Response, string]> => {
    await time.pause(chance.between(20, 250))
    const planned = fault(exchange)
    if (planned?.delayMs !== undefined) await time.pause(planned.delayMs)
    exchange.limit = planned?.limit ?? null
    if (planned?.isReset === true) throw new TypeError('fetch failed')
    const instead = planned?.lost === true ? undefined : planned?.answer
    exchange.isServed = instead === undefined
    const served = instead ?? (await serve(request))
    const response = planned?.answer ?? served
    const body = await response.text()
    if (exchange.service === 'token' && response.status === 200) owners.learnAnswer(form, body, time.now())
    await time.pause(chance.between(5, 50))
    if (planned?.lost === true && planned.answer === undefined) throw new TypeError('fetch failed')
    exchange.status = response.status
    const after = Number(response.headers.get('retry-after') ?? 0)
    if (after > 0) exchange.retryAt = time.now() + after * 1000
    const empty = response.status === 204 || response.status === 304
    return [new Response(empty ? null : body, response), body]
  }

  const send = async (request: Request, process: Process): Promise<Response> => {
    // Each look at `url` writes it anew.
    const { url } = request
    const isSignIn = url.includes('/oauth2.googleapis.com/') || url.includes('/login.microsoftonline.com/')
    const form = new URLSearchParams(isSignIn ? await request.clone().text() : '')
    const exchange = begin(request, new URL(url).pathname, process, form)
    if (exchange.refreshToken !== null) refreshes += 1
    if (opensPipe(exchange)) renewals += 1
    for (const watcher of watchers) watcher.begun?.(exchange)
    let body = ''
    try {
      const [response, read] = await carry(request, exchange, form)
      body = read
      return response
    } finally {
      exchange.endedAt = time.now()
      for (const watcher of watchers) watcher.ended?.(exchange, body)
    }
  }

  return { fetchFor: (process) => (request) => send(request, process), requests, refreshes: () => refreshes, renewals: () => renewals }
}

const opensPipe = ({ method, path }: Exchange): boolean =>
  path.endsWith('/watch') || (method !== 'GET' && method !== 'DELETE' && path.startsWith('/graph.microsoft.com/v1.0/subscriptions'))
