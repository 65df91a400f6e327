import type { World } from '../../state/world.ts'
import type { AppState, ConsentState } from '../state/entra-state.ts'
import { isIdentityScope, keyOf, keysOf, readScope } from './permissions.ts'

interface Holder {
  clientId: string
  directoryId: string
  /** null: an admin for everybody. */
  oid: string | null
}

/** Delegated permissions, as keys, that a person has or everybody has; whoever gave them. */
export function consentedTo(world: World, { clientId, directoryId, oid }: Holder): Set<string> {
  const held = world.state.microsoft.consents.filter(
    (consent) => consent.clientId === clientId && consent.directoryId === directoryId && (consent.oid === null || consent.oid === oid),
  )
  return new Set(held.flatMap(({ scopes }) => scopes))
}

/** Application permissions, as keys, that an admin has given the app in a directory. */
export function rolesOf(world: World, clientId: string, directoryId: string): string[] {
  return findConsent(world, { clientId, directoryId, oid: null })?.roles ?? []
}

/** Adds to what was consented to before. */
export function addConsent(world: World, holder: Holder, scopes: string[], roles: string[] = []): void {
  const known = findConsent(world, holder)
  const consent = known ?? { ...holder, scopes: [], roles: [] }
  consent.scopes = [...new Set([...consent.scopes, ...scopes])]
  consent.roles = [...new Set([...consent.roles, ...roles])]
  if (known === undefined) world.state.microsoft.consents.push(consent)
}

/** Asked scopes as keys; `.default` stands for what the app is registered for. */
export function expand(app: AppState, scopes: string[]): string[] {
  return scopes
    .filter((scope) => !isIdentityScope(scope))
    .map(readScope)
    .flatMap((scope) => (scope.name === '.default' ? keysOf('delegated', scope.audience, app.delegated) : [keyOf(scope)]))
}

/** What a consent is for: `.default`, of whatever resource, stands for all that the app is registered for, of every resource. */
export function coveredBy(app: AppState, scopes: string[], kind: 'delegated' | 'application'): string[] {
  const asked = scopes.filter((scope) => !isIdentityScope(scope)).map(readScope)
  if (asked.some(({ name }) => name === '.default'))
    return (['graph', 'outlook'] as const).flatMap((audience) => keysOf(kind, audience, app[kind]))
  return kind === 'delegated' ? asked.map(keyOf) : []
}

function findConsent(world: World, { clientId, directoryId, oid }: Holder): ConsentState | undefined {
  return world.state.microsoft.consents.find(
    (consent) => consent.clientId === clientId && consent.directoryId === directoryId && consent.oid === oid,
  )
}
