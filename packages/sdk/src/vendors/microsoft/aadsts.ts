import type { ErrorCode } from '../../errors/index.ts'

type Numbers = Readonly<Record<number, ErrorCode>>

/**
 * What Entra's error numbers mean, wherever they come up. Microsoft promises `error` and not the numbers, so each has something behind it that also fits
 * without one. Source: learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */
export const aadstsCodes: Numbers = {
  // The app
  700016: 'app_client_id_invalid',
  7000215: 'app_secret_invalid',
  7000218: 'app_secret_invalid',
  7000222: 'app_secret_expired',
  7000112: 'app_unauthorized',
  // Nobody has made the app known in the directory, which the administrator's approval does.
  7000229: 'admin_consent_required',
  90002: 'directory_not_found',
  // The person
  50020: 'wrong_directory',
  90072: 'wrong_directory',
  50034: 'account_not_found',
  50057: 'account_not_found',
  51004: 'account_not_found',
  // The permissions
  65001: 'consent_required',
  65004: 'consent_declined',
  90093: 'admin_consent_required',
  90094: 'admin_consent_required',
  90095: 'admin_consent_required',
  // Only those who were assigned to the app may use it.
  50105: 'not_assigned',
  // The organization's rules for signing in
  50055: 'interactive_required',
  50072: 'interactive_required',
  50074: 'interactive_required',
  50076: 'interactive_required',
  50078: 'interactive_required',
  50079: 'interactive_required',
  50158: 'interactive_required',
  70043: 'interactive_required',
  70044: 'interactive_required',
  50005: 'blocked_by_conditional_access',
  50097: 'blocked_by_conditional_access',
  53000: 'blocked_by_conditional_access',
  53001: 'blocked_by_conditional_access',
  53002: 'blocked_by_conditional_access',
  53003: 'blocked_by_conditional_access',
  530002: 'blocked_by_conditional_access',
  530003: 'blocked_by_conditional_access',
  // What was asked for
  54005: 'oauth_refused',
  70011: 'oauth_refused',
  28000: 'oauth_refused',
  500011: 'oauth_refused',
  650052: 'oauth_refused',
  650053: 'oauth_refused',
  650056: 'oauth_refused',
  650057: 'oauth_refused',
  90023: 'oauth_refused',
  900144: 'oauth_refused',
  50011: 'oauth_refused',
  // Passes
  50196: 'throttled',
  90024: 'provider_unavailable',
  90033: 'provider_unavailable',
}

/** What they mean of a refresh token, over and above; of a code they only say that it is not taken. */
export const refreshCodes: Numbers = {
  50132: 'grant_revoked',
  50133: 'grant_revoked',
  50173: 'grant_revoked',
  70000: 'grant_revoked',
  70008: 'grant_expired_inactive',
  700082: 'grant_expired_inactive',
  700084: 'grant_expired_inactive',
}

/** What Entra answers to a refresh token that it gave to another app. */
export const foreignGrantNumbers: readonly number[] = [70000, 70002, 700005, 9002313]

/** As the number stands in Entra's text: `AADSTS50173: ...`. */
export function hasAadsts(mentions: (phrase: string) => boolean, number: number): boolean {
  return mentions(`AADSTS${number}:`)
}

/** The first number of the list that the text has, and its code. */
export function findCode(codes: Numbers, mentions: (phrase: string) => boolean): ErrorCode | undefined {
  const number = Object.keys(codes).find((candidate) => hasAadsts(mentions, Number(candidate)))
  return number === undefined ? undefined : codes[Number(number)]
}
