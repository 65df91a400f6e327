import type { CallFault } from '../../faults/call-fault.ts'

interface Refusal {
  status: number
  /** RFC 6749 error, or Entra's own. */
  error: string
  text: string
  suberror?: string
}

const grant = (text: string, suberror?: string): Refusal => ({
  status: 400,
  error: 'invalid_grant',
  text,
  ...(suberror === undefined ? {} : { suberror }),
})
const request = (text: string): Refusal => ({ status: 400, error: 'invalid_request', text })
const scope = (text: string): Refusal => ({ status: 400, error: 'invalid_scope', text })
const client = (text: string): Refusal => ({ status: 401, error: 'invalid_client', text })

/**
 * The words of Entra's refusals by AADSTS number; `{}` stands for what it names.
 * Source: learn.microsoft.com, "Microsoft Entra authentication and authorization error codes".
 */
const REFUSALS: Record<number, Refusal> = {
  28000: scope(
    'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {} is not valid.',
  ),
  50011: request("The redirect URI '{}' specified in the request does not match the redirect URIs configured for the application."),
  50020: grant(
    "User account '{}' from identity provider 'live.com' does not exist in tenant and cannot access the application in that tenant.",
  ),
  50034: grant(
    'The user account {} does not exist in the directory. To sign into this application, the account must be added to the directory.',
  ),
  50053: grant('The account is locked, you have tried to sign in too many times with an incorrect user ID or password.'),
  50055: grant('The password is expired.'),
  50057: grant('The user account is disabled.'),
  50058: { status: 400, error: 'login_required', text: 'A silent sign-in request was sent but no user is signed in.' },
  50076: grant(
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
    'basic_action',
  ),
  50079: grant(
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.',
    'basic_action',
  ),
  50105: grant(
    "Your administrator has configured the application to block users unless they are specifically granted ('assigned') access to the application.",
  ),
  50126: grant('Error validating credentials due to invalid username or password.'),
  50158: grant(
    'External security challenge not satisfied. User will be redirected to another page or authentication provider.',
    'basic_action',
  ),
  50173: grant(
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    'bad_token',
  ),
  50194: request(
    "Application '{}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps.",
  ),
  50196: grant('The server terminated an operation because it encountered a client request loop. Please contact your app vendor.'),
  53000: grant('Your device is required to be managed to access this resource.', 'message_only'),
  53003: grant('Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.', 'message_only'),
  54005: grant('OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.'),
  65001: grant(
    "The user or administrator has not consented to use the application with ID '{}'. Send an interactive authorization request for this user and resource.",
    'consent_required',
  ),
  65004: { status: 400, error: 'access_denied', text: 'User declined to consent to access the app.' },
  70000: grant('Provided grant is invalid or malformed.'),
  70003: { status: 400, error: 'unsupported_grant_type', text: "The app requested an unsupported grant type '{}'." },
  70008: grant(
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request.',
  ),
  70011: scope(
    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {} is not valid.",
  ),
  70043: grant('The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.', 'bad_token'),
  90002: request("Tenant '{}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."),
  90014: request("The required field '{}' is missing from the credential."),
  90023: request('Invalid STS request.'),
  90033: { status: 503, error: 'temporarily_unavailable', text: 'A transient error has occurred. Please try again.' },
  90094: { status: 400, error: 'access_denied', text: 'The grant requires administrator permission.' },
  500011: { status: 400, error: 'invalid_resource', text: 'The resource principal named {} was not found in the tenant.' },
  500112: client('The reply address {} does not match the reply address provided when requesting Authorization code.'),
  501481: grant('The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  650053: scope("The application asked for scope '{}' that doesn't exist on the resource. Contact the app vendor."),
  700016: {
    status: 400,
    error: 'unauthorized_client',
    text: "Application with identifier '{}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
  },
  700054: { status: 400, error: 'unsupported_response_type', text: "response_type '{}' is not enabled for the application." },
  700082: grant('The refresh token has expired due to inactivity. The token was issued on {} and was inactive for 90.00:00:00.'),
  700084: grant(
    'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.',
  ),
  900023: request("Specified tenant identifier '{}' is neither a valid DNS name, nor a valid external domain."),
  900144: request("The request body must contain the following parameter: '{}'."),
  1002012: scope(
    'The provided value for scope {} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ),
  7000112: { status: 400, error: 'unauthorized_client', text: "Application '{}' is disabled." },
  7000215: client(
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{}'.",
  ),
  7000218: client("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
  7000222: client("The provided client secret keys for app '{}' are expired. Visit the Azure portal to create new keys for your app."),
  7000229: {
    status: 400,
    error: 'unauthorized_client',
    text: 'The client application {} is missing service principal in the tenant. Contact your administrator or create the service principal.',
  },
}

/** A refusal of the identity platform. */
export class EntraError extends Error {
  readonly number: number
  readonly error: string
  readonly status: number
  readonly suberror: string | undefined

  constructor(number: number, about = '') {
    const refusal = refusalOf(number)
    super(`AADSTS${number}: ${refusal.text.replace('{}', about)}`)
    this.name = 'EntraError'
    this.number = number
    this.error = refusal.error
    this.status = refusal.status
    this.suberror = refusal.suberror
  }

  /** What the token endpoint answers. */
  body(now: number): Record<string, unknown> {
    const [trace, correlation] = [crypto.randomUUID(), crypto.randomUUID()]
    const at = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
    return {
      error: this.error,
      error_description: `${this.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${at}`,
      error_codes: [this.number],
      timestamp: at,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${this.number}`,
      ...(this.suberror === undefined ? {} : { suberror: this.suberror }),
    }
  }
}

/** Makes token requests fail with an AADSTS number, for example 50079. @throws Error for a number whose words are not known here */
export function entraFault(number: number, options: { times?: number; about?: string } = {}): CallFault {
  const { about, times } = options
  const refusal = new EntraError(number, about)
  const body = JSON.stringify(refusal.body(Date.now()))
  return { operation: 'entra.token', kind: 'status', status: refusal.status, body, ...(times === undefined ? {} : { times }) }
}

function refusalOf(number: number): Refusal {
  const refusal = REFUSALS[number]
  if (refusal === undefined) throw new Error(`The sandbox has no words for AADSTS${number}`)
  return refusal
}
