import type { Context } from '../../context.ts'
import type { Sealer } from '../../crypto/envelope.ts'
import { TenantryError } from '../../errors/index.ts'
import type { Connection } from '../../model/connection.ts'
import { revealSecret, Secret } from '../../model/secret.ts'
import type { GoodbyeRecord, SubscriptionRecord } from '../../ports/index.ts'
import type { OAuthApp } from '../../vendors/vendor.ts'

type Place = Pick<GoodbyeRecord, 'tenantId' | 'id'>

/** What the end of a connection needs at the provider, once nothing of the connection is left here. */
export interface Held {
  readonly connection: Connection
  readonly pipes: readonly SubscriptionRecord[]
  readonly refresh: Secret | null
  /** Epoch milliseconds. */
  readonly access: { readonly token: Secret; readonly expiresAt: number } | null
  /** The tenant's app, when it is forgotten as well. */
  readonly app: OAuthApp | null
}

export function sealHeld(sealer: Sealer, place: Place, { connection, pipes, refresh, access, app }: Held): Promise<string> {
  return sealMaterial(sealer, place, {
    connection,
    pipes,
    refresh: refresh && revealSecret(refresh),
    access: access && { ...access, token: revealSecret(access.token) },
    app: app && { ...app, clientSecret: revealSecret(app.clientSecret) },
  })
}

/** @throws `secrets_unreadable`, `unavailable` */
export async function openHeld(context: Context, record: GoodbyeRecord): Promise<Held> {
  const { connection, pipes, refresh, access, app } = (await openMaterial(context, record)) as Revealed
  return {
    connection,
    pipes,
    refresh: refresh === null ? null : new Secret(refresh),
    access: access && { ...access, token: new Secret(access.token) },
    app: app && { ...app, clientSecret: new Secret(app.clientSecret) },
  }
}

interface Revealed extends Pick<Held, 'connection' | 'pipes'> {
  readonly refresh: string | null
  readonly access: { readonly token: string; readonly expiresAt: number } | null
  readonly app: (Omit<OAuthApp, 'clientSecret'> & { readonly clientSecret: string }) | null
}

export function sealMaterial(sealer: Sealer, place: Place, material: object): Promise<string> {
  return sealer.seal(contextOf(place), new Secret(JSON.stringify(material)))
}

/** What {@link sealMaterial} sealed. @throws `secrets_unreadable`, `unavailable` */
export async function openMaterial(context: Context, record: Pick<GoodbyeRecord, 'tenantId' | 'id' | 'sealed'>): Promise<unknown> {
  if (record.sealed === null) throw new TenantryError('secrets_unreadable')
  return JSON.parse(revealSecret(await context.envelope.open(contextOf(record), record.sealed)))
}

const contextOf = ({ tenantId, id }: Place) => ({ tenantId, table: 'tenantry_goodbyes', rowId: id, field: 'material', version: 1 })
