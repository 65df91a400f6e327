/** What Google's APIs say when they refuse. */
export interface ApiErrorOptions {
  code: number
  /** google.rpc.Code name, for example NOT_FOUND. */
  status: string
  message: string
  /** Legacy reason in errors[]; Cloud APIs have no errors[]. */
  reason?: string
  domain?: string
  location?: string
  locationType?: string
  details?: Record<string, unknown>[]
  headers?: Record<string, string>
}

/** A refusal in the JSON of Google's APIs. */
export class ApiError extends Error {
  readonly options: ApiErrorOptions

  constructor(options: ApiErrorOptions) {
    super(options.message)
    this.name = 'ApiError'
    this.options = options
  }

  toResponse(): Response {
    const { code, status, message, reason, domain = 'global', location, locationType, details, headers } = this.options
    const errors = reason ? { errors: [{ message, domain, reason, ...(location ? { location, locationType } : {}) }] } : {}
    return Response.json(
      { error: { code, message, ...errors, status, ...(details ? { details } : {}) } },
      { status: code, headers: headers ?? {} },
    )
  }
}

/** 404 as Gmail and Calendar word it. */
export function notFound(message = 'Requested entity was not found.'): ApiError {
  return new ApiError({ code: 404, status: 'NOT_FOUND', message, reason: 'notFound' })
}

/** 400 for a malformed request. */
export function invalidArgument(message: string, reason = 'invalidArgument'): ApiError {
  return new ApiError({ code: 400, status: 'INVALID_ARGUMENT', message, reason })
}

/** A refusal of a Cloud API: no errors[]. */
export function cloudError(code: number, status: string, message: string, details?: Record<string, unknown>[]): ApiError {
  return new ApiError({ code, status, message, ...(details ? { details } : {}) })
}
