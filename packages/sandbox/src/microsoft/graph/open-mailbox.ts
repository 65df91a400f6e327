import type { Call } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { rightsOf } from '../exchange/rights.ts'
import { findBy } from '../../state/find-by.ts'
import { hasMailbox } from '../find.ts'
import type { MailboxOwner } from '../find.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import { accessDenied, authenticate } from './authenticate.ts'
import type { Caller } from './authenticate.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import { GraphError } from './graph-error.ts'

export type MailboxAction = 'read' | 'write' | 'send'

const READ = ['Mail.Read', 'Mail.ReadWrite']
const OWN: Record<MailboxAction, string[]> = {
  read: [...READ, 'Mail.Read.Shared', 'Mail.ReadWrite.Shared'],
  write: ['Mail.ReadWrite', 'Mail.ReadWrite.Shared'],
  send: ['Mail.Send', 'Mail.Send.Shared'],
}
const SHARED: Record<MailboxAction, string[]> = {
  read: ['Mail.Read.Shared', 'Mail.ReadWrite.Shared'],
  write: ['Mail.ReadWrite.Shared'],
  send: ['Mail.Send.Shared'],
}
const APP: Record<MailboxAction, string[]> = { read: READ, write: ['Mail.ReadWrite'], send: ['Mail.Send'] }

/** A mailbox that the caller may use. */
export interface OpenMailbox {
  owner: MailboxOwner
  caller: Caller
  /** As the URL names it, for links. */
  path: string
}

/**
 * The mailbox of `/me` or `/users/{id or address}`. Who asks for a folder of a mailbox without Full Access hears that there is no such folder.
 * @throws GraphError 401, 403 ErrorAccessDenied, ErrorGroupIsUsedInNonGroupURI, 404 ErrorInvalidUser, ResourceNotFound, MailboxNotEnabledForRESTAPI, ErrorItemNotFound, 429
 */
export function openMailbox(world: World, call: Call, action: MailboxAction): OpenMailbox {
  const caller = authenticate(world, call)
  const name = nameOf(call)
  const recipient = name === null ? ownOf(caller) : findInDirectory(world, caller.token.directoryId, name)
  checkPermission(caller, recipient, action, call)
  checkReach(world, caller, recipient)
  if (!hasMailbox(recipient)) throw notEnabled()
  if (recipient.mailbox.throttled) throw throttled('Application is over its request limit for this mailbox.')
  limitConcurrency(world, call)
  return { owner: recipient, caller, path: name === null ? 'me' : `users('${encodeURIComponent(name)}')` }
}

export function throttled(message: string): GraphError {
  return new GraphError(429, 'ApplicationThrottled', message, { 'retry-after': '10' })
}

/** Whoever the directory has under this address or object id. @throws GraphError 403, 404 */
export function findInDirectory(world: World, directoryId: string, name: string): RecipientState {
  const { recipients } = world.state.microsoft
  const byId = findBy(recipients, 'id', name.toLowerCase())
  const found = byId ?? recipients.find((each) => each.address === name.toLowerCase() && each.directoryId === directoryId && !each.removed)
  if (found === undefined || found.removed || found.directoryId !== directoryId)
    throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`)
  if (found.kind === 'group') throw new GraphError(403, 'ErrorGroupIsUsedInNonGroupURI', 'Group Shard is used in non-Groups URI.')
  if (found.kind === 'contact') throw new GraphError(404, 'ResourceNotFound', 'Resource could not be discovered.')
  if (found.kind === 'guest') throw notEnabled()
  return found
}

function nameOf(call: Call): string | null {
  const { user, userKey } = call.params
  if (userKey !== undefined) return decodeURIComponent(userKey.slice("users('".length, -"')".length))
  return user ?? null
}

function ownOf({ person }: Caller): RecipientState {
  if (person === null) throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
  return person
}

function checkPermission({ token, person }: Caller, recipient: RecipientState, action: MailboxAction, call: Call): void {
  const own = person !== null && person.id === recipient.id
  const wanted = person === null ? APP : own ? OWN : SHARED
  if (!token.permissions.some((permission) => wanted[action].includes(permission))) throw accessDenied()
  if (person === null || own || rightsOf(recipient, person).fullAccess) return
  const folder = call.params['folder']
  if (folder === undefined) throw accessDenied()
  throw new GraphError(
    404,
    'ErrorItemNotFound',
    `The specified object was not found in the store., Default folder ${title(folder)} not found.`,
  )
}

/** RBAC for Applications: an admin says which mailboxes an app reaches. */
function checkReach(world: World, { token, person }: Caller, recipient: RecipientState): void {
  if (person !== null) return
  const reach = findBy(world.state.microsoft.apps, 'clientId', token.clientId)?.reach ?? null
  if (reach !== null && !reach.includes(recipient.id))
    throw new GraphError(
      403,
      'ErrorAccessDenied',
      'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
    )
}

function notEnabled(): GraphError {
  return new GraphError(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.')
}

function title(folder: string): string {
  return `${folder.slice(0, 1).toUpperCase()}${folder.slice(1)}`
}
