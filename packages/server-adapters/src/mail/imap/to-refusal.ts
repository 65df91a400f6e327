import { ProviderRefusal } from '@tenantry/sdk/errors'
import { isTlsFailure } from '../tls-options.ts'
import { Late } from '../within-deadline.ts'

/** What imapflow puts on its errors, as far as it tells something. */
interface ImapFailure {
  readonly code?: unknown
  /** `NO` or `BAD` where the server answered. */
  readonly responseStatus?: unknown
  readonly responseText?: unknown
  readonly response?: unknown
  /** RFC 5530: `AUTHENTICATIONFAILED`, `UNAVAILABLE`. */
  readonly serverResponseCode?: unknown
  readonly authenticationFailed?: unknown
  readonly mailboxMissing?: unknown
  /** What the server said with BYE. */
  readonly reason?: unknown
}

const passing = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN'])

/** What imapflow threw, as a refusal. */
export function toRefusal(operation: string, error: unknown): ProviderRefusal {
  if (error instanceof ProviderRefusal) return error
  const failure = (error instanceof Error ? error : {}) as ImapFailure
  const message = [failure.responseText, failure.response, failure.reason].find((text) => typeof text === 'string') ?? ''
  const refuse = (httpStatus: number, reason: string) =>
    new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus, reason, message })

  if (error instanceof Late) return refuse(0, 'deadline')
  if (isTlsFailure(error)) return refuse(0, 'tls')
  if (typeof failure.code === 'string' && failure.code.endsWith('TooLarge')) return refuse(400, 'answer_too_large')
  if (error instanceof Error && error.message === 'Unsupported authentication mechanism') return refuse(400, 'auth_unsupported')
  if (message === '') return refuse(0, failure.code === 'CONNECT_TIMEOUT' || failure.code === 'GREETING_TIMEOUT' ? 'deadline' : 'network')

  if (/authenticated but not connected/i.test(message)) return refuse(400, 'not_connected')
  const word = readCode(failure)
  if (passing.has(word)) return refuse(503, word.toLowerCase())
  if (/\bdisabled\b/i.test(message)) return refuse(400, 'disabled')
  if (typeof failure.reason === 'string' || /temporar|try again|unavailable|too many|\bbusy\b/i.test(message))
    return refuse(503, 'unavailable')
  if (failure.authenticationFailed === true) return refuse(400, 'auth_failed')
  if (failure.mailboxMissing === true || word === 'NONEXISTENT') return refuse(400, 'no_folder')
  return refuse(400, /^[A-Z][A-Z0-9-]{0,40}$/.test(word) ? word.toLowerCase() : 'refused')
}

/** The response code: told by imapflow for most commands, else the first word in brackets of the answer that it parsed. */
function readCode({ serverResponseCode, response }: ImapFailure): string {
  const section = (
    response as { readonly attributes?: readonly { readonly section?: readonly { readonly value?: unknown }[] }[] } | undefined
  )?.attributes?.[0]?.section
  const code = serverResponseCode ?? section?.[0]?.value
  return typeof code === 'string' ? code.toUpperCase() : ''
}
