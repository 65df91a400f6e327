import type { Sandbox } from '@tenantry/sandbox'

/** As Microsoft names the domain that every directory begins with. */
const domain = 'acme.onmicrosoft.test'

/** Acme's directory: an app for the helpdesk, and a person who may read and send as the shared mailbox. Nothing where there is one already. */
export function seedMicrosoft({ microsoft, snapshot }: Pick<Sandbox, 'microsoft' | 'snapshot'>, baseUrl: string): void {
  if (snapshot().microsoft.directories.length > 0) return
  const { directoryId } = microsoft.createDirectory({ domain })
  const dana = `dana@${domain}`
  microsoft.createUser({ address: dana, name: 'Dana Reyes', admin: true })
  microsoft.createSharedMailbox({ address: `support@${domain}`, name: 'Acme Support', members: [dana] })
  microsoft.registerApp({ directoryId, name: 'Helpdesk', redirectUris: [`${baseUrl}/api/auth/microsoft/callback`] })
}
