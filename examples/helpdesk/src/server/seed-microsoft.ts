import type { Sandbox } from '@tenantry/sandbox'

/** As Microsoft names the domain that every directory begins with. */
const domain = 'acme.onmicrosoft.test'
const callbackPath = '/api/auth/microsoft/callback'
const appName = 'Helpdesk'

/** Acme's directory: an app for the helpdesk, and a person who may read and send as the shared mailbox. Where there is one already, only the app is told where the helpdesk is now. */
export function seedMicrosoft({ microsoft, snapshot }: Pick<Sandbox, 'microsoft' | 'snapshot'>, baseUrl: string): void {
  const redirectUri = baseUrl + callbackPath
  const { directories, apps } = snapshot().microsoft
  if (directories.length > 0) {
    // The port is a part of the address, and may be another one than the last time.
    for (const { clientId, redirectUris } of apps.filter(({ name, deleted }) => name === appName && !deleted))
      if (!redirectUris.includes(redirectUri))
        microsoft.setRedirectUris(clientId, [...redirectUris.filter((uri) => !uri.endsWith(callbackPath)), redirectUri])
    return
  }
  const { directoryId } = microsoft.createDirectory({ domain })
  const dana = `dana@${domain}`
  microsoft.createUser({ address: dana, name: 'Dana Reyes', admin: true })
  microsoft.createSharedMailbox({ address: `support@${domain}`, name: 'Acme Support', members: [dana] })
  microsoft.registerApp({ directoryId, name: appName, redirectUris: [redirectUri] })
}
