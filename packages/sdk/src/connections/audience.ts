import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { AnyProvider, Audience } from '../providers/provider.ts'
import type { OAuthApp } from '../vendors/vendor.ts'

type Settings = Readonly<Record<string, unknown>>

/** What a connection's own token is for: that of the sign-in. */
export function firstAudience(provider: AnyProvider, settings: Settings): Audience {
  return audienceNamed(provider, settings, undefined)
}

/** @throws TypeError for an audience that the settings do not have: a programming error */
export function audienceNamed(provider: AnyProvider, settings: Settings, name: string | undefined): Audience {
  const all = provider.audiences(settings)
  const found = name === undefined ? all[0] : all.find((audience) => audience.name === name)
  if (found === undefined) throw new TypeError(`${provider.name} has no audience ${name ?? ''} with these settings`)
  return found
}

/** The name where it is not the first one's: that is what a connection has a token of anyway. */
export function furtherAudience(context: Context, { provider, settings }: Connection, name: string | undefined): string | undefined {
  // The path of every cached token: nothing is looked up for it.
  if (name === undefined) return undefined
  return name === firstAudience(providerNamed(context, provider), settings).name ? undefined : name
}

/** As the vendor wants scopes named. */
export function fullScopes({ name, scopes }: Audience, app: Pick<OAuthApp, 'resources'>): string[] {
  const resource = app.resources?.[name]
  return resource === undefined ? [...scopes] : scopes.map((scope) => `${resource}/${scope}`)
}

/** All that a sign-in asks for. */
export function scopesOf(provider: AnyProvider, app: OAuthApp, settings: Settings): string[] {
  return [...provider.vendor.identityScopes, ...provider.audiences(settings).flatMap((audience) => fullScopes(audience, app))]
}

/** What a token request names, for a vendor that wants to be told; RFC 6749 sections 4.1.3 and 6. */
export function tokenScope(provider: AnyProvider, app: OAuthApp, settings: Settings, audience?: string): string | undefined {
  if (!provider.vendor.namesScopes) return undefined
  const asked = fullScopes(audienceNamed(provider, settings, audience), app)
  return [...(isAppGrant(provider, settings) ? [] : provider.vendor.identityScopes), ...asked].join(' ')
}

/** Whether the app itself holds the grant, by an admin's consent. */
export function isAppGrant(provider: AnyProvider, settings: Settings): boolean {
  return provider.grant?.(settings) === 'app'
}
