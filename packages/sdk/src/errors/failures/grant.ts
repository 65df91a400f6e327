import { defineFailures } from './define-failures.ts'

/** The grant and the app. */
export const grantFailures = defineFailures({
  grant_revoked: [
    409,
    'final',
    '{vendor} ended this connection',
    'The password changed, access was removed, or an admin policy ended it. Nothing is lost in {vendor}.',
    'Reconnect.',
  ],
  grant_expired_testing_mode: [
    409,
    'final',
    'The sign-in ended after 7 days',
    'The Google app is in Testing, where Google ends access after 7 days.',
    'Publish the app, then reconnect.',
  ],
  grant_lost: [
    409,
    'final',
    'The sign-in was lost on the way',
    'The sign-in can be renewed only once, and the answer to that renewal never arrived. Nothing is lost at the provider.',
    'Reconnect.',
  ],
  reauth_policy: [
    409,
    'final',
    'Your organization asks to sign in again',
    'A session policy of your organization ended the sign-in.',
    'Ask an admin to trust the app, then reconnect.',
  ],
  app_changed: [
    409,
    'final',
    'The {vendor} app was changed',
    'An admin set up another OAuth client, and a sign-in belongs to the client that it was made with. Nothing is lost in {vendor}.',
    'Reconnect.',
  ],
  google_reset: [
    409,
    'final',
    'An admin reset Google',
    'All Google connections were ended here. Nothing is lost in Google.',
    'Connect again.',
  ],
  app_client_id_invalid: [
    409,
    'final',
    '{vendor} does not know the client ID',
    'The OAuth client was not found or was deleted.',
    'Copy the client ID again from the Clients page.',
  ],
  app_client_disabled: [
    409,
    'final',
    'The OAuth client is disabled',
    '{vendor} lets nobody use this client until it is enabled again.',
    'Enable it on the Clients page, or create a new client and replace the client ID and secret here.',
  ],
  app_secret_invalid: [
    409,
    'final',
    '{vendor} rejected the client secret',
    'The client ID is known but the secret does not match.',
    'Create a new secret with Add secret on the client page, then replace it here.',
  ],
  app_unauthorized: [
    409,
    'final',
    'The app may not do this',
    '{vendor} does not allow this client to ask for tokens this way.',
    'Check the client type and the service account.',
  ],
})
