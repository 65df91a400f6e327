import type { MailOffer, MicrosoftSetupStatus } from '@tenantry/sdk/wire'

/** One permission to add to the registration, and what it is for. */
export interface NeededPermission {
  readonly api: MailOffer['permissions'][number]['api']
  readonly name: string
  /** `delegated` ones act for whoever signs in, those of `app` for the app itself. */
  readonly grant: MailOffer['grant']
  /** The ways to send and receive that need it. */
  readonly offers: readonly Pick<MailOffer, 'send' | 'receive'>[]
}

/** What the registration lists so that people may choose among all that is offered; each permission once. */
export function listPermissions(offers: MicrosoftSetupStatus['offers']): readonly NeededPermission[] {
  const needed = new Map<string, NeededPermission>()
  for (const { send, receive, grant, permissions } of offers)
    for (const { api, name } of permissions) {
      const key = `${grant} ${api} ${name}`
      needed.set(key, { api, name, grant, offers: [...(needed.get(key)?.offers ?? []), { send, receive }] })
    }
  return [...needed.values()]
}
