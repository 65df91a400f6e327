import type { Sandbox } from '@tenantry/sandbox'
import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { People } from '../world/people.ts'
import { isPostedTo } from '../world/truth.ts'
import type { Site, Tenant, Truth } from '../world/truth.ts'
import type { TroubleBook } from './trouble-book.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface TenantPlanParts {
  readonly sandbox: Sandbox
  readonly truth: Truth
  readonly people: People
  readonly book: TroubleBook
  readonly time: VirtualTime
  readonly chance: Chance
  readonly from: number
  readonly until: number
  /** How much oftener than usual. */
  readonly trouble: number
  readonly killed: (site: Site) => void
}

/** What befalls single tenants and connections, by chance, about as often in each sixty days as given here. */
export function planTenants(parts: TenantPlanParts): void {
  const { truth, chance, time, from, until, trouble } = parts
  const share = (trouble * (until - from)) / (60 * dayMs)
  const perhaps = (probability: number, act: () => Promise<void>): void => {
    if (chance.happens(probability * share)) time.schedule(chance.between(from, until), act)
  }
  for (const tenant of truth.tenants) {
    perhaps(0.15, () => rotateSecret(parts, tenant))
    perhaps(0.6, async () => throttle(parts, tenant, null))
    perhaps(0.02, () => remove(parts, tenant))
    for (const site of tenant.sites) {
      perhaps(0.1, () => revoke(parts, site))
      perhaps(0.04, () => leave(parts, site))
      perhaps(0.3, async () => throttle(parts, tenant, site.address))
      perhaps(0.1, async () => expireCursor(parts, site))
    }
  }
}

/** Somebody deletes the secret in use, and tells us of the new one days later. */
async function rotateSecret({ sandbox, people, book, time, chance, until }: TenantPlanParts, tenant: Tenant): Promise<void> {
  if (tenant.gone || tenant.clientId === '') return
  const value = sandbox.google.rotateSecret(tenant.clientId)
  const now = time.now()
  const trouble = book.begin({ kind: 'app secret rotated', tenantId: tenant.id, address: null, from: now, to: Infinity })
  time.schedule(Math.min(now + chance.between(1, 4 * 24) * hourMs, until), async () => {
    while (!tenant.gone && !(await people.saveSecret(tenant, value))) await time.pause(10 * minuteMs)
    // The next try of a broken app is up to a quarter of an hour away.
    trouble.to = time.now() + 30 * minuteMs
  })
}

function throttle({ book, time, chance, until }: TenantPlanParts, tenant: Tenant, address: string | null): void {
  const from = time.now()
  const kind = address === null ? 'project throttled' : 'account throttled'
  book.begin({ kind, tenantId: tenant.id, address, from, to: Math.min(from + chance.between(10, 300) * minuteMs, until) })
}

async function remove({ people, book, time }: TenantPlanParts, tenant: Tenant): Promise<void> {
  if (tenant.gone) return
  tenant.gone = true
  for (const site of tenant.sites) site.state = 'gone'
  book.count('tenant deleted')
  while (!(await people.remove(tenant))) await time.pause(minuteMs)
}

async function revoke(parts: TenantPlanParts, site: Site): Promise<void> {
  const { sandbox, truth, book } = parts
  // What an app was given itself, nobody signs in for again.
  if (site.state !== 'live' || isPostedTo(site)) return
  book.count('grant revoked')
  if (site.provider === 'sharedMailbox') sandbox.microsoft.revokeSessions(site.delegate)
  else sandbox.google.revokeGrant(site.address, truth.tenantOf(site).clientId)
  loseGrant(parts, site)
}

/** A grant that ended, in the account or because the server ended it: people sign in again days later. All that live on the same sign-in go with it. */
export function loseGrant(parts: TenantPlanParts, site: Site): void {
  const { truth, time, chance, until, killed } = parts
  const dead = truth.sharers(site).filter(({ state }) => state === 'live')
  for (const each of dead) {
    each.state = 'revoked'
    each.kills.push({ from: time.now(), to: Infinity })
    killed(each)
  }
  // They live on another's new sign-in, and this is the end of that one too.
  for (const { state, kills } of truth.sharers(site))
    if (state === 'revoked' && kills.at(-1)?.to !== Infinity) kills.push({ from: time.now(), to: Infinity })
  const backAt = Math.min(time.now() + chance.between(6, 4 * 24) * hourMs, until)
  for (const each of dead) time.schedule(backAt, () => signIn(parts, each, ['revoked']))
}

async function leave(parts: TenantPlanParts, site: Site): Promise<void> {
  const { people, book, time, chance, until, truth } = parts
  if (site.state !== 'live') return
  book.count('disconnected by a person')
  site.state = 'away'
  site.everAway = true
  // What was not told by now need not be any more.
  for (const item of truth.items.values()) if (item.site === site && item.at > time.now() - 7 * dayMs) item.must = false
  if (!(await people.disconnect(site))) return
  time.schedule(Math.min(time.now() + chance.between(1, 5 * 24) * hourMs, until), () => signIn(parts, site, ['away']))
}

/** Until it works: people try again. */
async function signIn({ people, truth, time }: TenantPlanParts, site: Site, from: readonly Site['state'][]): Promise<void> {
  while (from.includes(site.state) && !(await people.connect(site))) await time.pause(10 * minuteMs)
  if (!from.includes(site.state)) return
  site.state = 'live'
  site.since = time.now()
  // A new sign-in serves all that live on the same account.
  for (const { kills } of truth.sharers(site)) {
    const kill = kills.at(-1)
    if (kill !== undefined && kill.to === Infinity) kill.to = time.now()
  }
}

function expireCursor({ sandbox, book }: TenantPlanParts, site: Site): void {
  if (site.state === 'gone') return
  book.count('cursor too old')
  if (site.provider === 'gmail') sandbox.google.expireHistory(site.address)
  else if (site.provider === 'sharedMailbox') {
    site.everLost = true
    sandbox.microsoft.expireDeltaLinks(site.address)
  } else sandbox.google.expireSyncTokens(site.address)
}
