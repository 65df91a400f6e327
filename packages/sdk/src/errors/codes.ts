/** Everything that can go wrong, in one table: HTTP status, whether trying again can help, and the words. `{name}` is filled from the error's values. */
export interface FailureWords {
  readonly httpStatus: number
  readonly retryable: boolean
  readonly title: string
  readonly detail: string
  readonly remedy: string
}

const define = <Code extends string>(table: Record<Code, readonly [number, 'retry' | 'final', string, string, string]>) =>
  Object.fromEntries(
    Object.entries<readonly [number, 'retry' | 'final', string, string, string]>(table).map(([code, [httpStatus, retry, title, detail, remedy]]) => [
      code,
      { httpStatus, retryable: retry === 'retry', title, detail, remedy },
    ]),
  ) as Record<Code, FailureWords>

export const failures = define({
  // The request
  invalid_input: [422, 'final', 'Some values are not right', 'A value is missing or has the wrong form. Nothing was saved.', 'Correct the marked fields and save again.'],
  unauthenticated: [401, 'final', 'You are signed out', 'This needs a signed-in person.', 'Sign in and try again.'],
  forbidden: [403, 'final', 'You cannot do this', 'Your role does not allow this. Nothing was changed.', 'Ask someone who may manage integrations.'],
  not_found: [404, 'final', 'Not found', 'It does not exist, or it belongs to someone else.', 'Reload the page.'],
  conflict: [409, 'final', 'Someone else changed this', 'These settings were changed after you opened them. Your text stays until you reload.', 'Reload to see the change, then save again.'],
  origin_not_allowed: [403, 'final', 'Request from another site', 'The request did not come from this product, so it was refused.', 'Open the page of this product and try again.'],
  unsupported_media_type: [415, 'final', 'Wrong content type', 'This address accepts JSON only.', 'Send Content-Type: application/json.'],
  payload_too_large: [413, 'final', 'Too much data', 'The request is larger than the limit. Nothing was saved.', 'Send a smaller body.'],
  rate_limited: [429, 'retry', 'Too many requests', 'There were too many requests in a short time.', 'Wait a moment and try again.'],
  unavailable: [503, 'retry', 'Temporarily unavailable', 'The storage did not answer, so nothing can be said about the settings. Nothing was changed.', 'Try again in a moment.'],
  secrets_unreadable: [503, 'final', 'Saved secrets cannot be read', 'The encryption key that protects the saved secrets is missing or wrong.', 'Restore the encryption key, then try again.'],
  internal: [500, 'retry', 'Something went wrong', 'An unexpected error occurred. Nothing is lost.', 'Try again. If it stays, send us the reference.'],
  network: [503, 'retry', 'No connection', 'The server could not be reached. Nothing was changed.', 'Check your connection and try again.'],

  // The tenant's app: fields
  project_id_invalid: [422, 'final', 'Not a project ID', 'A project ID has 6 to 30 lowercase letters, digits and hyphens.', 'Copy the project ID from the project picker in Google Cloud Console.'],
  project_id_is_number: [422, 'final', 'That is the project number', 'The project number cannot be used here.', 'Enter the project ID, for example acme-mail-473210.'],
  project_id_is_name: [422, 'final', 'That looks like the project name', 'The ID has only lowercase letters, digits and hyphens.', 'Copy the project ID, not the name.'],
  client_id_invalid: [422, 'final', 'Not a client ID', 'A client ID ends with .apps.googleusercontent.com.', 'Copy it from the Clients page.'],
  client_id_is_email: [422, 'final', 'That is an e-mail address', 'The client ID ends with .apps.googleusercontent.com.', 'Copy the client ID from the Clients page.'],
  client_id_is_secret: [422, 'final', 'That is the client secret', 'Client ID and client secret look swapped.', 'Put it in the client secret field.'],
  client_secret_invalid: [422, 'final', 'Not a client secret', 'A client secret has no spaces or line breaks.', 'Copy the secret again from the Clients page.'],
  client_secret_is_client_id: [422, 'final', 'That is the client ID', 'Client ID and client secret look swapped.', 'Put it in the client ID field.'],
  masked_value: [422, 'final', 'That looks like a masked value', 'Only dots or stars were sent, not the secret itself. The saved secret is unchanged.', 'Paste the full secret.'],
  key_not_json: [422, 'final', 'Not a key file', 'The file is not valid JSON.', 'Use the JSON file that Google downloaded.'],
  key_is_client_file: [422, 'final', 'That is an OAuth client file', 'It belongs to the OAuth client, not to a service account.', 'Use it in the client step.'],
  key_wrong_kind: [422, 'final', 'Not a service account key', 'Only files with type service_account are accepted. Others can make a server contact foreign addresses.', 'Create a JSON key for a service account.'],
  key_incomplete: [422, 'final', 'The key is incomplete', 'A required field is missing: {missing}.', 'Download a new key and use the file unchanged.'],
  key_private_key_invalid: [422, 'final', 'The private key cannot be read', 'The file was changed or cut. A key is an RSA key of at least 2048 bits in PKCS 8 form.', 'Download a new key and use the file unchanged.'],
  key_email_invalid: [422, 'final', 'The service account address is wrong', 'The address in the key does not belong to a Google service account.', 'Download a new key and use the file unchanged.'],
  key_project_mismatch: [422, 'final', 'The key is for another project', 'The key is for {actual}, the project here is {expected}. Gmail needs topic and OAuth client in one project.', 'Create the key in project {expected}.'],
  key_foreign_universe: [422, 'final', 'The key is for another cloud', 'Only googleapis.com is accepted.', 'Create the key in Google Cloud Console.'],
  key_too_large: [422, 'final', 'The file is too large', 'A key file has less than 64 KB.', 'Use the JSON file that Google downloaded.'],
  mailbox_invalid: [422, 'final', 'Not an e-mail address', 'Gmail is asked to sign in with this address.', 'Enter an address like support@acme.com.'],
  name_invalid: [422, 'final', 'The name does not fit', 'A name has 1 to 80 characters and no line breaks.', 'Choose a shorter name.'],
  return_to_invalid: [422, 'final', 'The return address is not allowed', 'People are sent back only to addresses of this product.', 'Pass a path or an allowed origin as returnTo.'],

  // Connecting
  google_not_configured: [409, 'final', 'Google is not set up yet', 'Your organization has not added its own Google app: {missing}. No shared app is ever used instead.', 'Open the Google setup and finish it.'],
  connection_exists: [409, 'final', 'This account is already connected', 'The account is in use by the connection {name}.', 'Open that connection instead.'],
  flow_limit: [429, 'retry', 'Too many open sign-ins', 'You have several sign-ins open that were not finished.', 'Finish or close them, or wait 10 minutes.'],
  state_invalid: [400, 'final', 'The sign-in link is not valid', 'The answer did not come from a sign-in that was started here. Nothing was saved.', 'Start again from the settings page.'],
  state_expired: [400, 'final', 'The sign-in took too long', 'For safety the link works for 10 minutes. Nothing was saved.', 'Try again.'],
  state_used: [400, 'final', 'The sign-in was already used', 'Each sign-in works once. Nothing was changed.', 'Start again from the settings page.'],
  browser_mismatch: [400, 'final', 'Another browser answered', 'The sign-in was started in another browser. Nothing was saved.', 'Start and finish in the same browser.'],
  session_mismatch: [403, 'final', 'Another person answered', 'The sign-in was started by another person or organization. Nothing was saved.', 'Sign in as the person who started, then try again.'],
  issuer_mismatch: [400, 'final', 'The answer has the wrong sender', 'The answer names another sign-in server. Nothing was saved.', 'Start again from the settings page.'],
  access_denied: [400, 'final', 'Access was not allowed', 'The sign-in was cancelled or refused in Google. Nothing was changed.', 'Start again when you are ready.'],
  admin_policy: [400, 'final', 'Your organization blocks this app', 'A policy of your organization refused the sign-in.', 'Ask a super admin to trust the app under API controls.'],
  oauth_refused: [400, 'final', 'Google refused the sign-in', 'Google answered with an error. Nothing was saved.', 'Run the checks, then try again.'],
  id_token_invalid: [400, 'final', 'The sign-in could not be verified', 'The proof of who signed in is not valid. Nothing was saved.', 'Try again.'],
  insufficient_scope: [400, 'final', 'Some permissions were not allowed', 'Not allowed: {scopes}. Nothing was saved.', 'Connect again and tick every box.'],
  account_mismatch: [400, 'final', 'You signed in with another account', 'Expected {expected}, got {actual}. Nothing was saved.', 'Connect again and choose {expected}.'],
  needs_consent: [400, 'final', 'Google did not send a refresh token', 'Without it access ends after an hour, so nothing was saved.', 'Remove the access at myaccount.google.com/permissions, then connect again.'],

  // The grant and the app
  grant_revoked: [409, 'final', 'Google ended this connection', 'The password changed, access was removed, or an admin policy ended it. Nothing is lost in Google.', 'Reconnect.'],
  grant_expired_testing_mode: [409, 'final', 'The sign-in ended after 7 days', 'The Google app is in Testing, where Google ends access after 7 days.', 'Publish the app, then reconnect.'],
  reauth_policy: [409, 'final', 'Your organization asks to sign in again', 'A session policy of your organization ended the sign-in.', 'Ask an admin to trust the app, then reconnect.'],
  app_client_id_invalid: [409, 'final', 'Google does not know the client ID', 'The OAuth client was not found or was deleted.', 'Copy the client ID again from the Clients page.'],
  app_secret_invalid: [409, 'final', 'Google rejected the client secret', 'The client ID is known but the secret does not match.', 'Create a new secret with Add secret on the client page, then replace it here.'],
  app_unauthorized: [409, 'final', 'The app may not do this', 'Google does not allow this client to ask for tokens this way.', 'Check the client type and the service account.'],

  // The provider's API
  provider_unavailable: [502, 'retry', 'Google did not answer', 'Google was not reachable or answered with an error. It is tried again by itself.', 'Wait, or try again.'],
  provider_refused: [502, 'final', 'Google refused', 'Google refused the request.', 'Run the checks.'],
  throttled: [503, 'retry', 'Google asked us to slow down', 'The quota of your project is used up for now. It is tried again by itself.', 'Wait.'],
  token_rejected: [409, 'retry', 'Google rejected the access token', 'The access token was not accepted.', 'It is renewed by itself; reconnect if it stays.'],
  scopes_missing: [409, 'final', 'A permission is missing', 'The connection was not given a permission that this needs.', 'Reconnect and tick every box.'],
  api_not_enabled: [409, 'final', 'An API is not enabled', '{api} is not enabled in your project.', 'Enable it in Google Cloud Console. It can take a few minutes.'],
  pubsub_project_mismatch: [409, 'final', 'OAuth client and topic are in different projects', 'Gmail only publishes to a topic in the project that owns the OAuth client.', 'Use one project for both.'],
  pubsub_publisher_missing: [409, 'final', 'Gmail is not allowed to publish', 'gmail-api-push@system.gserviceaccount.com needs the role Pub/Sub Publisher on the topic.', 'Grant the role, then try again.'],
  pubsub_domain_restricted: [409, 'final', 'Your organization policy blocks Gmail’s account', 'The policy Domain restricted sharing refused the grant.', 'Ask an organization policy admin for an exception on this project.'],
  pubsub_act_as_missing: [409, 'final', 'The service account may not act as itself', 'iam.serviceAccounts.actAs is missing.', 'Give it the role Service Account User on itself.'],
  pubsub_forbidden: [409, 'final', 'The service account cannot manage Pub/Sub', 'The key was accepted but has no right to set up notifications.', 'Give the service account the role Pub/Sub Admin on the project.'],
  pubsub_read_back_failed: [409, 'retry', 'Notifications were not set up as asked', 'What Google stored differs from what was written.', 'Run the checks and repair.'],
  push_not_possible: [409, 'final', 'Google cannot reach this address', 'Notifications need a public https address. Changes are checked regularly instead.', 'Set a public https address.'],
  push_not_supported: [409, 'final', 'This calendar cannot announce changes', 'Google does not offer notifications for it. It is checked regularly instead.', 'Nothing to do.'],
  callback_domain_unauthorized: [409, 'final', 'Google refused the notification address', 'Changes are checked regularly instead.', 'Check the public address.'],
  watch_conflict: [409, 'final', 'Another watch is active', 'Another topic of this project already watches the mailbox.', 'Stop the other integration.'],
  cursor_expired: [409, 'retry', 'Too long since the last sync', 'Google no longer has the changes since then. What is missing is fetched again by itself.', 'Nothing to do.'],
  unknown_label: [409, 'final', 'A label no longer exists', 'The label {label} is not in the mailbox, so no mail is imported until it is chosen again.', 'Choose the labels again.'],
  mailbox_unavailable: [409, 'final', 'The mailbox is not active', 'Gmail is not enabled for this account.', 'Check the account in the Admin console.'],
  calendar_not_found: [409, 'final', 'The calendar does not exist', 'The calendar was deleted or is no longer shared.', 'Choose another calendar.'],
  item_gone: [404, 'final', 'No longer there', 'The item was deleted before it could be read.', 'Nothing to do.'],

  // The push door
  push_unauthenticated: [401, 'final', 'Not a notification from the provider', 'The notification could not be verified.', 'Run the checks.'],
  push_malformed: [400, 'final', 'Unreadable notification', 'The notification was verified but cannot be read.', 'Run the checks.'],
})

export type ErrorCode = keyof typeof failures

export const errorCodes = Object.keys(failures) as ErrorCode[]
