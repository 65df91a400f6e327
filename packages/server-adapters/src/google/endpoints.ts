import type { GoogleEndpoints } from '@tenantry/sdk/ports'
import { checkEndpoint } from '../rest/check-endpoint.ts'

/** Where Google is. Source: accounts.google.com/.well-known/openid-configuration and the three APIs' discovery documents. */
export const googleEndpoints: GoogleEndpoints = {
  authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revocation: 'https://oauth2.googleapis.com/revoke',
  jwks: 'https://www.googleapis.com/oauth2/v3/certs',
  gmail: 'https://gmail.googleapis.com',
  calendar: 'https://www.googleapis.com/calendar/v3',
  pubsub: 'https://pubsub.googleapis.com/v1',
}

/**
 * The endpoints without trailing slashes.
 * @throws TypeError when one is neither https nor http on this machine, because tokens and secrets go there
 */
export function checkEndpoints(endpoints: GoogleEndpoints): GoogleEndpoints {
  const read = (name: keyof GoogleEndpoints): string => checkEndpoint(`createGoogleGateway: endpoints.${name}`, endpoints[name])
  return {
    authorization: read('authorization'),
    token: read('token'),
    revocation: read('revocation'),
    jwks: read('jwks'),
    gmail: read('gmail'),
    calendar: read('calendar'),
    pubsub: read('pubsub'),
  }
}
