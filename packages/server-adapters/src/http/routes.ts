import type { Principal } from '@tenantry/sdk/model'
import { operations } from '@tenantry/sdk/wire'
import type { ConnectInput, GoogleChanges, OperationId, UpdateInput } from '@tenantry/sdk/wire'
import type { HandlerSdk } from './handler-sdk.ts'

export interface Call {
  readonly principal: Principal
  readonly id: string
  readonly query: URLSearchParams
  /** Parsed by the operation's input schema. */
  readonly body: unknown
  /** The page that asks, when it is one of the host's. */
  readonly origin: string | undefined
}

type Verb = (sdk: HandlerSdk, call: Call) => Promise<object>

const one = ({ principal, id }: Call) => ({ principal, connectionId: id })

/** Each operation of the contract to its verb; a new operation does not compile until it has one. */
export const verbs: { readonly [Id in OperationId]: Verb } = {
  'google.status': (sdk, { principal }) => sdk.google.status({ principal }),
  'google.save': (sdk, { principal, body }) => sdk.google.save({ principal, changes: body as GoogleChanges }),
  'google.test': (sdk, { principal }) => sdk.google.test({ principal }),
  'google.reset': (sdk, { principal, body }) => sdk.google.reset({ principal, ...(body as { credentials: 'keep' | 'delete' }) }),
  'google.setupScript': (sdk, { principal }) => sdk.google.setupScript({ principal }),
  'connections.list': (sdk, { principal, query }) => sdk.connections.list({ principal, provider: query.get('provider') ?? undefined }),
  'connections.connect': (sdk, { principal, body, origin }) => sdk.connections.connect({ principal, ...(body as ConnectInput), openerOrigin: origin }),
  'connections.get': (sdk, call) => sdk.connections.get(one(call)),
  'connections.update': (sdk, call) => sdk.connections.update({ ...one(call), changes: call.body as UpdateInput }),
  'connections.remove': (sdk, call) => sdk.connections.remove(one(call)),
  'connections.reconnect': (sdk, call) => sdk.connections.reconnect({ ...one(call), ...(call.body as { returnTo?: string }), openerOrigin: call.origin }),
  'connections.disconnect': (sdk, call) => sdk.connections.disconnect(one(call)),
  'connections.sync': (sdk, call) => sdk.connections.sync(one(call)),
  'connections.diagnose': (sdk, call) => sdk.connections.diagnose(one(call)),
  'flows.get': (sdk, { principal, id }) => sdk.flows.get({ principal, flowId: id }),
}

export interface Match {
  readonly operationId: OperationId
  readonly id: string
}

const patterns = (Object.keys(operations) as OperationId[]).map((operationId) => ({
  operationId,
  method: operations[operationId].method,
  pattern: new RegExp(`^${operations[operationId].path.replace(':id', '([A-Za-z0-9_-]{1,64})')}$`),
}))

/** The operation at a method and path below the base path; the path's other methods when there is none. */
export function matchRoute(method: string, path: string): Match | { readonly allow: readonly string[] } {
  const here = patterns.flatMap(({ pattern, ...route }) => {
    const found = pattern.exec(path)
    return found === null ? [] : [{ ...route, id: found[1] ?? '' }]
  })
  return here.find((route) => route.method === method) ?? { allow: here.map((route) => route.method) }
}
