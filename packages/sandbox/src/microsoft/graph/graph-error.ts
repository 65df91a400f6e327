import type { CallFault } from '../../faults/call-fault.ts'

interface GraphErrorOptions {
  status: number
  /** `error.code`, for example `ErrorAccessDenied`. */
  code: string
  message: string
  headers?: Record<string, string>
}

/** A refusal in the JSON of Graph. */
export class GraphError extends Error {
  readonly options: GraphErrorOptions

  constructor(status: number, code: string, message: string, headers?: Record<string, string>) {
    super(message)
    this.name = 'GraphError'
    this.options = { status, code, message, ...(headers ? { headers } : {}) }
  }

  toResponse(now: number): Response {
    const { status, headers } = this.options
    const id = crypto.randomUUID()
    return Response.json(graphErrorBody(this.options, id, now), { status, headers: { 'request-id': id, ...headers } })
  }
}

/** Makes calls of Graph fail, for example `graphFault('graph.sendMail', 403, 'ErrorSendAsDenied')`; `retryAfter` in seconds. */
export function graphFault(
  operation: string | RegExp,
  status: number,
  code: string,
  options: { times?: number; message?: string; retryAfter?: number } = {},
): CallFault {
  const { times, message = code, retryAfter } = options
  const id = crypto.randomUUID()
  return {
    operation,
    kind: 'status',
    status,
    body: JSON.stringify(graphErrorBody({ code, message }, id, Date.now())),
    ...(times === undefined ? {} : { times }),
    headers: { 'request-id': id, ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }) },
  }
}

function graphErrorBody({ code, message }: Pick<GraphErrorOptions, 'code' | 'message'>, id: string, now: number) {
  const innerError = { date: new Date(now).toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id }
  return { error: { code, message, innerError } }
}
