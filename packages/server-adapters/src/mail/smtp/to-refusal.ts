import { ProviderRefusal } from '@tenantry/sdk/errors'
import { isTlsFailure } from '../tls-options.ts'
import { Late } from '../within-deadline.ts'

/** What the server answered, as a refusal. */
export function refuseReply(operation: string, response: string): ProviderRefusal {
  const [, reply = '', enhanced] = /^(\d{3})[ -]?(?:(\d\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? []
  const facts = { vendor: 'microsoft' as const, operation, message: response }
  if (reply.startsWith('5')) return new ProviderRefusal({ ...facts, httpStatus: 400, reason: enhanced ?? reply })
  if (reply.startsWith('4')) return new ProviderRefusal({ ...facts, httpStatus: 503, reason: enhanced ?? reply })
  return new ProviderRefusal({ ...facts, httpStatus: 503, reason: 'unexpected_answer' })
}

/** What nodemailer threw, as a refusal: the server's answer where there is one, else status 0. */
export function toRefusal(operation: string, error: unknown): ProviderRefusal {
  if (error instanceof ProviderRefusal) return error
  const { response, code } = (error instanceof Error ? error : {}) as { readonly response?: unknown; readonly code?: unknown }
  if (typeof response === 'string' && /^\d{3}/.test(response)) return refuseReply(operation, response)
  const reason = error instanceof Late || code === 'ETIMEDOUT' ? 'deadline' : isTlsFailure(error) ? 'tls' : 'network'
  return new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 0, reason })
}
