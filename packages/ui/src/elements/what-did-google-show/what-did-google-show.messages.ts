import { defineMessages } from '../../locales/message.ts'

export const whatDidGoogleShowMessages = defineMessages('whatDidGoogleShow', {
  summary: 'What did Google show?',
  redirect_uri_mismatch: 'Error 400: redirect_uri_mismatch',
  redirect_uri_mismatchFix:
    'Google does not know this redirect URI yet. Open your OAuth client and add exactly this URI. No trailing slash. Changes can take a few minutes.',
  invalid_client: 'Error 401: invalid_client, “The OAuth client was not found”',
  invalid_clientFix: 'The client ID does not exist in Google. Copy it again from the Clients page.',
  deleted_client: 'Error 401: deleted_client',
  deleted_clientFix:
    'This OAuth client was deleted. Google deletes clients that are unused for six months. Create a new one and replace the client ID and secret in the Google setup.',
  access_denied: 'Error 403: access_denied, “has not completed the Google verification process”',
  access_deniedFix: 'Your app is in Testing and this account is not a test user. Add the account under **Test users**, or publish the app.',
  org_internal: 'Error 403: org_internal',
  org_internalFix:
    'Your app is Internal. Only accounts in your own Google Workspace can sign in. Use an account from your organization, or change the user type to **External**.',
  admin_policy_enforced: 'Error 400: admin_policy_enforced, “your institution’s admin needs to review”',
  admin_policy_enforcedFix:
    'Your Google Workspace admin blocks this app. A super admin can trust it under **Security** > **Access and data control** > **API controls**: turn on **Trust internal apps**, or add this client ID as **Trusted**.',
  unverified_app: '“Google hasn’t verified this app”',
  unverified_appFix: 'This is expected for your own app. Select **Advanced**, then **Go to** your app **(unsafe)**.',
  closed: 'I closed it or pressed Cancel',
  closedFix: 'Nothing was changed. Start again when you are ready.',
  other: 'Something else',
  otherFix: 'Copy the error text and run the checks at the end of the Google setup.',
  clients: 'Open Clients',
  audience: 'Open Audience',
  api_controls: 'Open API controls',
  console: 'Google Cloud Console',
  admin: 'Google Admin console',
  redirect_uri: 'redirect URI',
  client_id: 'client ID',
  runChecks: 'Open Google setup',
})
