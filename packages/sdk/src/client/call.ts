import type { infer as Infer } from 'zod/mini'
import { TenantryError } from '../errors/index.ts'
import { operations, problemSchema } from '../wire/index.ts'
import type { OperationId } from '../wire/index.ts'

export interface ClientOptions {
  /** Where the handler is mounted. Default `/api/tenantry`. */
  readonly basePath?: string
  /** Origin of the API; default the page's own. */
  readonly origin?: string
  /** Default `globalThis.fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

export type Output<Id extends OperationId> = Infer<(typeof operations)[Id]['output']>

export interface CallInput {
  readonly id?: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** One call of the contract. @throws TenantryError with the server's code, or `network` when no answer came */
export async function call<Id extends OperationId>(options: ClientOptions, operationId: Id, input: CallInput = {}): Promise<Output<Id>> {
  const operation = operations[operationId]
  const response = await send(options, operation.method, operation.path, input)
  const answer = await readJson(response, input.signal)
  if (!response.ok) throw toError(answer)
  const parsed = operation.output.safeParse(answer)
  if (!parsed.success) throw new TenantryError('internal')
  return parsed.data as Output<Id>
}

async function send(options: ClientOptions, method: string, path: string, input: CallInput): Promise<Response> {
  const query = new URLSearchParams(
    Object.entries(input.query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString()
  const url = `${options.origin ?? ''}${options.basePath ?? '/api/tenantry'}${path.replace(':id', encodeURIComponent(input.id ?? ''))}${query === '' ? '' : `?${query}`}`
  const fetch = options.fetch ?? ((target, init) => globalThis.fetch(target, init))
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: method === 'GET' ? { accept: 'application/json' } : { accept: 'application/json', 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: JSON.stringify(input.body ?? {}) }),
    ...(input.signal && { signal: input.signal }),
  }
  return reachable(() => fetch(url, init), input.signal)
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await reachable(() => response.text(), signal)
  try {
    return JSON.parse(text)
  } catch {
    // Somebody else's page stands in between; what it says is not for us.
    throw new TenantryError(response.status >= 500 || response.ok ? 'unavailable' : 'internal')
  }
}

/** A caller's own abort stays what it is. @throws `network` */
async function reachable<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new TenantryError('network')
  }
}

function toError(answer: unknown): TenantryError {
  const problem = problemSchema.safeParse(answer)
  if (!problem.success) return new TenantryError('internal')
  const { code, field, fields, values, retryAfterMs, requestId } = problem.data
  return new TenantryError(code, {
    ...(field !== undefined && { field }),
    ...(fields !== undefined && { fields: fields.map(({ values: own, ...rest }) => ({ ...rest, ...(own && { values: own }) })) }),
    values: { ...values, requestId },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}
