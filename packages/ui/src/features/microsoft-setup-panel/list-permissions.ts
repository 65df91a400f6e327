import type { MailOffer, MicrosoftSetupStatus } from '@tenantry/sdk/wire'

/** One permission to add to the registration, and what it is for. */
export interface NeededPermission {
  readonly api: MailOffer['permissions'][number]['api']
  readonly name: string
  /** `delegated` ones act for whoever signs in, those of `app` for the app itself. */
  readonly grant: MailOffer['grant']
  /** The ways to send and receive that need it. */
  readonly offers: readonly Pick<MailOffer, 'send' | 'receive'>[]
  /** Whether SMTP beside Graph needs it, which nobody has to choose. */
  readonly oversize: boolean
}

/** What the registration lists so that people may choose among all that is offered; each permission once, those that may be left out last. */
export function listPermissions(offers: MicrosoftSetupStatus['offers']): readonly NeededPermission[] {
  const needed = new Map<string, NeededPermission>()
  const add = ({ grant }: MailOffer, permissions: MailOffer['permissions'], use: Pick<NeededPermission, 'offers' | 'oversize'>) => {
    for (const { api, name } of permissions) {
      const key = `${grant} ${api} ${name}`
      const known = needed.get(key)
      const oversize = use.oversize || known?.oversize === true
      needed.set(key, { api, name, grant, offers: [...(known?.offers ?? []), ...use.offers], oversize })
    }
  }
  for (const offer of offers) add(offer, offer.permissions, { offers: [{ send: offer.send, receive: offer.receive }], oversize: false })
  for (const offer of offers) add(offer, offer.oversizePermissions ?? [], { offers: [], oversize: true })
  return [...needed.values()]
}
