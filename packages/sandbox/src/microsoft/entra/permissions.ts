import { audienceOf } from '../clouds.ts'
import { EntraError } from './entra-error.ts'

type Audience = 'graph' | 'outlook'

/** Scopes of OpenID Connect: they belong to no resource. */
const IDENTITY = ['openid', 'profile', 'email', 'offline_access']

/** Delegated permission -> the words on the consent page. */
const DELEGATED: Record<Audience, Record<string, string>> = {
  graph: {
    'User.Read': 'Sign you in and read your profile',
    'Mail.Read': 'Read your mail',
    'Mail.ReadWrite': 'Read and write access to your mail',
    'Mail.Send': 'Send mail as you',
    'Mail.Read.Shared': 'Read your mail and mail shared with you',
    'Mail.ReadWrite.Shared': 'Read and write mail that you can access',
    'Mail.Send.Shared': 'Send mail on behalf of others or yourself',
  },
  outlook: {
    'IMAP.AccessAsUser.All': 'Read and write access to your mailboxes via IMAP',
    'POP.AccessAsUser.All': 'Read and write access to your mailboxes via POP',
    'SMTP.Send': 'Send emails from your mailbox using SMTP AUTH',
  },
}

/** What an app may be given for itself. */
const APPLICATION: Record<Audience, string[]> = {
  graph: ['Mail.Read', 'Mail.ReadWrite', 'Mail.Send', 'User.Read.All'],
  outlook: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'],
}

/** All delegated permissions, by short name. */
export const DELEGATED_NAMES = [...Object.keys(DELEGATED.graph), ...Object.keys(DELEGATED.outlook)]

/** A scope of a resource. */
export interface ResourceScope {
  audience: Audience
  /** Short name, or `.default`. */
  name: string
}

/** The words of an asked scope, split at blanks. */
export function splitScopes(scope: string): string[] {
  return [...new Set(scope.split(/\s+/).filter(Boolean))]
}

export function isIdentityScope(scope: string): boolean {
  return IDENTITY.includes(scope)
}

/** What a scope names; a short name belongs to Graph. @throws EntraError 500011, 650053 */
export function readScope(scope: string): ResourceScope {
  const at = scope.lastIndexOf('/')
  const resource = at < 0 ? 'https://graph.microsoft.com' : scope.slice(0, at)
  const asked = scope.slice(at + 1)
  const audience = audienceOf(resource)
  if (audience === null) throw new EntraError(500011, resource)
  if (asked === '.default') return { audience, name: asked }
  // Names compare without regard to case, as Entra does.
  const name = Object.keys(DELEGATED[audience]).find((known) => known.toLowerCase() === asked.toLowerCase())
  if (name === undefined) throw new EntraError(650053, asked)
  return { audience, name }
}

/** The one resource of a token request, and what it asks of it. @throws EntraError 70011, 28000, 500011, 650053 */
export function readOneResource(scopes: string[]): { audience: Audience; names: string[] } {
  const read = scopes.filter((scope) => !isIdentityScope(scope)).map(readScope)
  const audiences = new Set(read.map(({ audience }) => audience))
  if (audiences.size > 1) throw new EntraError(28000, scopes.join(' '))
  // Identity scopes alone give a token for Graph's user profile.
  return { audience: read[0]?.audience ?? 'graph', names: read.map(({ name }) => name) }
}

/** As consents are kept: `graph/Mail.Send`. */
export function keyOf({ audience, name }: ResourceScope): string {
  return `${audience}/${name}`
}

/** The registered permissions of one audience, as keys. */
export function keysOf(kind: 'delegated' | 'application', audience: Audience, names: string[]): string[] {
  const known = kind === 'delegated' ? Object.keys(DELEGATED[audience]) : APPLICATION[audience]
  return names.filter((name) => known.includes(name)).map((name) => keyOf({ audience, name }))
}

/** @throws Error for a permission that no service has */
export function checkPermissions(kind: 'delegated' | 'application', names: string[]): void {
  const known = kind === 'delegated' ? DELEGATED_NAMES : [...APPLICATION.graph, ...APPLICATION.outlook]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`Microsoft has no ${kind} permission ${unknown}`)
}

/** The consent page's words for a scope. */
export function labelOfScope(scope: string): string {
  const { audience, name } = readScope(scope)
  return DELEGATED[audience][name] ?? 'What the app is registered for'
}
