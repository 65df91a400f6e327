import type { MailOffer, MicrosoftSetupStatus } from '@tenantry/sdk/wire'

/** One permission to add to the registration, and what it is for. */
export interface NeededPermission {
  readonly api: MailOffer['permissions'][number]['api']
  readonly name: string
  /** `delegated` ones act for whoever signs in, those of `app` for the app itself. */
  readonly grant: MailOffer['grant']
  /** The ways to send and receive that need it; none: it is for SMTP beside Graph alone, which nobody has to choose. */
  readonly offers: readonly Pick<MailOffer, 'send' | 'receive'>[]
}

/** What the registration lists so that people may choose among all that is offered; each permission once, those that may be left out last. */
export function listPermissions(offers: MicrosoftSetupStatus['offers']): readonly NeededPermission[] {
  const needed = new Map<string, NeededPermission>()
  const add = ({ grant }: MailOffer, permissions: MailOffer['permissions'] | null, ways: NeededPermission['offers']) => {
    for (const { api, name } of permissions ?? []) {
      const key = `${grant} ${api} ${name}`
      needed.set(key, { api, name, grant, offers: [...(needed.get(key)?.offers ?? []), ...ways] })
    }
  }
  for (const offer of offers) add(offer, offer.permissions, [{ send: offer.send, receive: offer.receive }])
  for (const offer of offers) add(offer, offer.oversizePermissions, [])
  return [...needed.values()]
}
