import { failureClasses, isTenantryError, ProviderRefusal, TenantryError } from '../../errors/index.ts'
import type { ErrorCode, FailureDetails } from '../../errors/index.ts'
import type { Classified, GrantFacts } from '../vendor.ts'
import { aadstsCodes, findCode, foreignGrantNumbers, hasAadsts, refreshCodes } from './aadsts.ts'
import { apiRules } from './api-rules.ts'
import { mailRules } from './mail-rules.ts'
import type { Rule } from './rule.ts'

const token = (reason: RegExp) => (refusal: ProviderRefusal) => isToken(refusal) && reason.test(refusal.reason ?? '')
const isToken = ({ operation }: ProviderRefusal): boolean => operation.startsWith('oauth.')

/** Asked for the sending itself, and no answer came: it may be on its way. */
const sending = /^(?:smtp\.data|relay\.send|graph\.(?:sendMail|sendMime|sendDraft|messages\.send))$/

/**
 * Microsoft's refusals, first match wins; what no rule knows is transient. Sources: the error pages of Entra, Graph and Exchange Online at
 * learn.microsoft.com.
 */
const rules: readonly Rule[] = [
  // Nobody was asked: what is stored was stored under another sign-in, and the place is as good as lost.
  { when: ({ reason, httpStatus }) => reason === 'foreign_link' && httpStatus === 0, code: 'cursor_expired' },
  { when: ({ reason }) => reason === 'foreign_link', code: 'foreign_link' },
  {
    when: ({ operation, httpStatus }) => sending.test(operation) && (httpStatus === 0 || httpStatus === 504),
    code: 'send_outcome_unknown',
  },
  // A quota first: Exchange says it with 503 as well.
  { when: ({ httpStatus, reason }) => httpStatus === 429 || quotas.test(reason ?? ''), code: 'throttled' },
  // Nothing came back, or the server is in trouble: says nothing about the grant.
  { when: ({ httpStatus }) => httpStatus === 0 || httpStatus === 408 || httpStatus >= 500, code: 'provider_unavailable' },
  // The token endpoint, where no number said more; what is no refusal says nothing.
  { when: (refusal) => isToken(refusal) && refusal.httpStatus < 400, code: 'provider_unavailable' },
  { when: token(/^(?:temporarily_unavailable|server_error)$/), code: 'provider_unavailable' },
  { when: token(/^invalid_client$/), code: 'app_secret_invalid' },
  { when: token(/^unauthorized_client$/), code: 'app_unauthorized' },
  { when: token(/^(?:interaction_required|login_required)$/), code: 'interactive_required' },
  { when: token(/^consent_required$/), code: 'consent_required' },
  { when: (refusal) => refusal.operation === 'oauth.refresh' && refusal.reason === 'invalid_grant', code: 'grant_revoked' },
  // A code is tried once; what is refused for another reason is not tried again by itself.
  { when: (refusal) => isToken(refusal) && refusal.operation !== 'oauth.refresh', code: 'oauth_refused' },
  { when: token(/^invalid_(?:scope|resource|request)$/), code: 'oauth_refused' },
  { when: isToken, code: 'provider_unavailable' },
  ...mailRules,
  ...apiRules,
]

const quotas =
  /^(?:ApplicationThrottled|MailboxConcurrency\w*|TooManyRequests|ErrorServerBusy|ErrorQuotaExceeded|activityLimitReached|4\.3\.2|throttled)$/

/** Words that both vendors share say whose doing it is; and the id by which Microsoft's support finds the request, where it told one. */
function valuesOf({ requestId }: ProviderRefusal): Record<string, string> {
  return { vendor: 'Microsoft', ...(requestId !== undefined && { microsoftRequestId: requestId }) }
}

/** One table from Microsoft's refusals to our codes. Errors of ours pass with the class that their code has. */
export function classifyMicrosoft(error: unknown, facts: GrantFacts = {}): Classified {
  if (isTenantryError(error)) return { class: failureClasses[error.code], error }
  if (!(error instanceof ProviderRefusal)) throw error
  const values = valuesOf(error)
  if (facts.appSaved === true && ofAnotherApp(error)) return { class: 'reauth', error: new TenantryError('app_changed', { values }) }
  const code = numberedCode(error) ?? rules.find(({ when }) => when(error))?.code ?? 'provider_unavailable'
  const details: FailureDetails = { values, ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }) }
  return { class: failureClasses[code], error: new TenantryError(code, details) }
}

/** An error on the callback, by Entra's number in the text beside it, and else by the word that OAuth has for it. */
export function microsoftCallbackError(error: string, description: string): ErrorCode {
  return findCode(aadstsCodes, (phrase) => description.includes(phrase)) ?? callbackErrors.get(error) ?? 'oauth_refused'
}

const callbackErrors: ReadonlyMap<string, ErrorCode> = new Map([
  ['access_denied', 'access_denied'],
  // Of the administrator's page, when it was left.
  ['permission_denied', 'consent_declined'],
  ['consent_required', 'consent_required'],
  ['interaction_required', 'interactive_required'],
  ['login_required', 'interactive_required'],
  ['invalid_client', 'app_secret_invalid'],
  ['unauthorized_client', 'app_unauthorized'],
  ['server_error', 'provider_unavailable'],
  ['temporarily_unavailable', 'provider_unavailable'],
])

/** By Entra's number, as far as the answer is Entra's and not a server's in trouble. */
function numberedCode(refusal: ProviderRefusal): ErrorCode | undefined {
  const { httpStatus } = refusal
  if (!isToken(refusal) || httpStatus < 400 || httpStatus >= 500 || httpStatus === 408 || httpStatus === 429) return undefined
  const mentions = (phrase: string): boolean => refusal.mentions(phrase)
  const ofRefresh = refusal.operation === 'oauth.refresh' ? findCode(refreshCodes, mentions) : undefined
  return ofRefresh ?? findCode(aadstsCodes, mentions)
}

function ofAnotherApp(refusal: ProviderRefusal): boolean {
  if (refusal.operation !== 'oauth.refresh' || (refusal.httpStatus !== 400 && refusal.httpStatus !== 401)) return false
  if (refusal.reason !== 'invalid_grant' && refusal.reason !== 'invalid_request') return false
  return foreignGrantNumbers.some((number) => hasAadsts((phrase) => refusal.mentions(phrase), number))
}
