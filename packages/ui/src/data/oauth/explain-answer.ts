import type { OAuthFlow } from './oauth-state.ts'

/** What people can see in Google's window when it never comes back to us. */
export const googleAnswers = [
  'redirect_uri_mismatch',
  'invalid_client',
  'deleted_client',
  'access_denied',
  'org_internal',
  'admin_policy_enforced',
  'unverified_app',
  'closed',
  'other',
] as const

export type GoogleAnswer = (typeof googleAnswers)[number]

/** What to do about it; the words are the component's. */
export interface Explanation {
  /** The console page where it is fixed. */
  readonly link: { readonly page: 'clients' | 'audience' | 'api_controls'; readonly href: string } | null
  /** A value to compare or to enter there: exactly what Google was asked with. */
  readonly copy: { readonly what: 'redirect_uri' | 'client_id'; readonly value: string } | null
  readonly canRunChecks: boolean
}

type Facts = Pick<OAuthFlow, 'redirectUri' | 'clientId'>

const pages: Readonly<Partial<Record<GoogleAnswer, NonNullable<Explanation['link']>['page']>>> = {
  redirect_uri_mismatch: 'clients',
  invalid_client: 'clients',
  deleted_client: 'clients',
  access_denied: 'audience',
  org_internal: 'audience',
  admin_policy_enforced: 'api_controls',
}

/** Where to fix what Google showed, and with which value. */
export function explainAnswer(answer: GoogleAnswer, flow: Facts | null): Explanation {
  const page = pages[answer]
  return {
    link: page === undefined ? null : { page, href: consoleAddress(page, flow?.clientId ?? null) },
    copy: valueToCopy(answer, flow),
    canRunChecks: answer === 'other',
  }
}

function valueToCopy(answer: GoogleAnswer, flow: Facts | null): Explanation['copy'] {
  if (answer === 'redirect_uri_mismatch' && flow?.redirectUri) return { what: 'redirect_uri', value: flow.redirectUri }
  if (answer === 'admin_policy_enforced' && flow?.clientId) return { what: 'client_id', value: flow.clientId }
  return null
}

function consoleAddress(page: 'clients' | 'audience' | 'api_controls', clientId: string | null): string {
  if (page === 'api_controls') return 'https://admin.google.com/ac/owl/settings'
  // A client ID starts with its project's number, which the console takes in place of the project ID.
  const project = clientId?.match(/^\d+(?=-)/)?.[0]
  return `https://console.cloud.google.com/auth/${page}${project === undefined ? '' : `?project=${project}`}`
}
