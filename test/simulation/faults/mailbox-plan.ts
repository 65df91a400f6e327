import type { GraphSubscription } from '@tenantry/sandbox'
import { mailboxIn } from '../world/mailbox-in.ts'
import { isPostedTo } from '../world/truth.ts'
import type { Site, Tenant } from '../world/truth.ts'
import type { TenantPlanParts } from './tenant-plan.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface MailboxPlanParts extends TenantPlanParts {
  /** The plan ended a subscription just now. */
  readonly tookPipe: (site: Site) => void
}

/** What befalls shared mailboxes and the Entra apps of their tenants over and above, about as often in each sixty days as given here. */
export function planMailboxes(parts: MailboxPlanParts): void {
  const { truth, chance, time, from, until, trouble } = parts
  const share = (trouble * (until - from)) / (60 * dayMs)
  const perhaps = (probability: number, act: () => Promise<void>): void => {
    if (chance.happens(probability * share)) time.schedule(chance.between(from, until), act)
  }
  for (const tenant of truth.tenants) if (tenant.entra !== null) perhaps(0.3, () => rotateEntraSecret(parts, tenant))
  for (const site of truth.sites) {
    if (site.provider !== 'sharedMailbox') continue
    perhaps(0.3, async () => takeAccess(parts, site))
    if (!isPostedTo(site)) continue
    perhaps(0.4, async () => {
      for (const { id } of pipesOf(parts, site)) {
        parts.book.count('subscription removed')
        parts.sandbox.microsoft.removeSubscription(id)
        parts.tookPipe(site)
      }
    })
    perhaps(0.4, async () => {
      parts.book.count('reauthorization required')
      for (const { id } of pipesOf(parts, site)) parts.sandbox.microsoft.requireReauthorization(id)
    })
    perhaps(0.4, async () => {
      parts.book.count('notifications missed')
      for (const { id } of pipesOf(parts, site)) parts.sandbox.microsoft.missNotifications(id)
    })
    perhaps(0.2, async () => silence(parts, site))
  }
}

/** Of a mailbox, as Graph has them. */
function pipesOf({ sandbox }: Pick<TenantPlanParts, 'sandbox'>, { address }: Site): GraphSubscription[] {
  return sandbox.microsoft.subscriptions().filter(({ resource }) => mailboxIn(resource) === address)
}

/** Somebody deletes the secret in use, and tells us of the new one days later. */
async function rotateEntraSecret({ sandbox, people, book, time, chance, until }: MailboxPlanParts, tenant: Tenant): Promise<void> {
  const { entra } = tenant
  if (tenant.gone || entra === null) return
  const { clientSecret, secretId } = sandbox.microsoft.addSecret(entra.clientId)
  sandbox.microsoft.removeSecret(entra.clientId, entra.secretId)
  entra.secretId = secretId
  const now = time.now()
  const trouble = book.begin({ kind: 'Entra secret rotated', tenantId: tenant.id, address: null, from: now, to: Infinity })
  time.schedule(Math.min(now + chance.between(1, 4 * 24) * hourMs, until), async () => {
    while (!tenant.gone && !(await people.saveEntraSecret(tenant, clientSecret))) await time.pause(10 * minuteMs)
    // The next try of a broken app is up to a quarter of an hour away.
    trouble.to = time.now() + 30 * minuteMs
  })
}

/** An admin of Exchange takes the right to the mailbox away, and gives it back days later: nobody has to sign in again for that. */
function takeAccess({ sandbox: { microsoft }, truth, book, time, chance, until }: MailboxPlanParts, site: Site): void {
  const { tenantId, address, delegate } = site
  const { entra, sites } = truth.tenantOf(site)
  if (site.state === 'gone' || entra === null) return
  const from = time.now()
  const to = Math.min(from + chance.between(1, 3 * 24) * hourMs, until)
  book.begin({ kind: 'access to a mailbox taken away', tenantId, address, from, to: to + 30 * minuteMs })
  const others = sites.filter((other) => isPostedTo(other) && other !== site)
  if (delegate === '')
    microsoft.restrictApp(
      entra.clientId,
      others.map((other) => other.address),
    )
  else microsoft.revokeAccess({ mailbox: address, from: delegate })
  time.schedule(to, async () => {
    if (delegate === '') microsoft.restrictApp(entra.clientId, null)
    else microsoft.grantAccess({ mailbox: address, to: delegate, fullAccess: true, sendAs: true })
  })
}

/** Its subscription is valid and nothing comes of it. Sometimes it is not even there any more, and nobody says so. */
function silence(parts: MailboxPlanParts, site: Site): void {
  const { sandbox, book, time, chance, until, tookPipe } = parts
  const from = time.now()
  const to = Math.min(from + chance.between(1, 4 * 24) * hourMs, until)
  book.begin({ kind: 'subscription silent', tenantId: site.tenantId, address: site.address, from, to })
  if (!chance.happens(0.5)) return
  for (const { id } of pipesOf(parts, site)) {
    sandbox.microsoft.removeSubscription(id)
    tookPipe(site)
  }
}
