import { defineMessages } from '../../locales/message.ts'

/** Everything the panel says, step by step. Names of buttons are Microsoft's own, bold, as Microsoft prints them. */
export const microsoftSetupPanelMessages = defineMessages('microsoftSetupPanel', {
  title: 'Microsoft 365',
  subtitle: 'Connect shared mailboxes with your organization’s own app in Microsoft Entra, which your administrators control.',
  stepsLabel: 'Microsoft setup steps',
  timeNote: 'Takes about 10 minutes. You need an account that may register apps, and an administrator who approves the app.',
  savedReconnect: 'Saved. Sign in again for each mailbox so that it uses the new app.',
  entra: 'Microsoft Entra admin center',
  azure: 'Azure portal',
  linkRegistrations: 'App registrations',
  linkNewRegistration: 'New registration',
  linkCloudShell: 'Azure Cloud Shell',

  registerTitle: 'Register the app',
  notHttps: 'Microsoft only accepts https addresses. Ask your administrator to set {app}’s public URL.',
  registerOpen: 'In Microsoft Entra open **App registrations** > {link}.',
  registerName: '**Name**: people see it when they sign in.',
  nameOf: 'Name',
  registerAccounts: '**Supported account types**: **Accounts in this organizational directory only**.',
  registerRedirect: '**Redirect URI**: choose **Web** and add this address exactly as shown. Then select **Register**.',
  redirectUri: 'Redirect URI',
  registerCopy: 'From **Overview** copy **Directory (tenant) ID** and **Application (client) ID**.',
  directoryLabel: 'Directory (tenant) ID',
  directoryRequired: 'Enter the directory ID.',
  clientIdLabel: 'Application (client) ID',
  clientIdRequired: 'Enter the application ID.',
  cloudSummary: 'Our organization is in another Microsoft cloud',
  cloudLabel: 'Cloud',
  global: 'Worldwide',
  us_gov_high: 'US Government (GCC High)',
  us_gov_dod: 'US Government (DoD)',
  china: 'China (21Vianet)',
  scriptSummary: 'Do all of it with a script instead',
  scriptHelp:
    'Run this in {link} (Bash). It registers the app with redirect URI, permissions and a client secret, and prints what to paste here.',
  script: 'script for Azure Cloud Shell',

  secretTitle: 'Create a client secret',
  secretOpen: 'Open your app in {link}, then **Certificates & secrets**.',
  secretNew: 'Under **Client secrets** select **New client secret**.',
  secretExpires: '**Expires**: 24 months is the longest. Select **Add**.',
  secretCopy: 'Copy the column **Value** now: Microsoft shows it once. The column **Secret ID** is something else.',
  clientSecretLabel: 'Client secret (value)',
  clientSecretRequired: 'Enter the client secret.',
  expiresLabel: 'Secret expires on',
  expiresHelp: 'From the column **Expires**, as year-month-day. This panel warns from 30 days before it ends and all mailboxes stop.',
  rotation: 'Replace a secret without a break',
  rotationBody:
    'An app can have two secrets. Create the new one, replace it here, run the checks, then delete the old one. Nobody has to sign in again.',

  permissionsTitle: 'Add the permissions',
  permissionsOpen: 'Open your app in {link}, then **API permissions** > **Add a permission**.',
  addDelegated:
    'Choose **Microsoft Graph** > **Delegated permissions** and tick these. Leave out what is marked with ways to send and receive that you do not use.',
  addApplication:
    'Only for instant notifications: **Microsoft Graph** > **Application permissions**. Limit them to your mailboxes in Exchange.',
  allPermissions: 'all permissions',
  wayGraph: 'Graph',
  wayPush: 'Graph with notifications',
  wayGraphImap: 'IMAP, sent with Graph',
  wayImapSmtp: 'IMAP and SMTP',
  wayImapRelay: 'IMAP',
  wayOversize: 'Large messages by SMTP, optional',
  approve: 'An administrator approves the app: by **Grant admin consent** on this page of Entra, or by opening this link and accepting.',
  approveLater: 'The link appears when directory ID and application ID are saved.',
  consentLink: 'Approval link',
  approved: 'An administrator of our organization has approved the app',
  permissionsWait: 'Microsoft can take up to an hour to apply new permissions.',

  verifyTitle: 'Check and connect',
  verifyReady: 'Microsoft is ready. Connect a shared mailbox.',
  connectMailbox: 'Connect a shared mailbox',

  danger: 'Reset Microsoft',
  dangerBody: {
    one: 'Disconnects {count} mailbox, stops Microsoft’s notifications, and deletes the saved IDs and secret. Mail stays in Microsoft 365. You cannot undo this.',
    other:
      'Disconnects {count} mailboxes, stops Microsoft’s notifications, and deletes the saved IDs and secret. Mail stays in Microsoft 365. You cannot undo this.',
  },
})
