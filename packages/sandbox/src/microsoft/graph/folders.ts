import { param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import type { MailboxOwner } from '../find.ts'
import type { FolderName } from '../state/recipient-state.ts'
import { authenticate, requirePermission } from './authenticate.ts'
import { GraphError } from './graph-error.ts'
import { graphOperation, mailboxOperation } from './graph-operation.ts'
import { openMailbox } from './open-mailbox.ts'

const FOLDERS: Record<FolderName, string> = {
  inbox: 'Inbox',
  sentitems: 'Sent Items',
  drafts: 'Drafts',
  archive: 'Archive',
  deleteditems: 'Deleted Items',
}
export const FOLDER_NAMES = Object.keys(FOLDERS) as FolderName[]

/** Who signed in, and folders. */
export function createFolderOperations(world: World): Operation[] {
  return [
    graphOperation(world, { name: 'graph.me', method: 'GET', path: '/me', handle: (call) => me(world, call) }),
    ...mailboxOperation(world, {
      name: 'graph.folders.get',
      method: 'GET',
      path: '/mailFolders/:folder',
      handle: (call) => get(world, call),
    }),
  ]
}

/** A folder's id; every mailbox has its own. */
export function folderId({ id }: MailboxOwner, folder: FolderName): string {
  return `AQMkAD${btoa(`${id}:${folder}`).replaceAll('+', '-').replaceAll('/', '_')}`
}

/** The folder that the URL names, by a well-known name or by id. @throws GraphError 404 */
export function readFolder(owner: MailboxOwner, name: string): FolderName {
  const found = FOLDER_NAMES.find((folder) => folder === name.toLowerCase() || folderId(owner, folder) === name)
  if (found === undefined) throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.')
  return found
}

function me(world: World, call: Call): Record<string, unknown> {
  const caller = authenticate(world, call)
  if (caller.person === null) throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
  requirePermission(caller, ['User.Read', 'User.Read.All'])
  const { id, address, name, licensed } = caller.person
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    displayName: name,
    // Without a mailbox the directory knows no mail address.
    mail: licensed ? address : null,
    userPrincipalName: address,
    id,
  }
}

function get(world: World, call: Call): Record<string, unknown> {
  const { owner } = openMailbox(world, call, 'read')
  const folder = readFolder(owner, param(call, 'folder'))
  const inside = owner.mailbox.messages.filter((message) => message.folder === folder)
  return {
    id: folderId(owner, folder),
    displayName: FOLDERS[folder],
    childFolderCount: 0,
    unreadItemCount: inside.filter(({ isRead }) => !isRead).length,
    totalItemCount: inside.length,
    isHidden: false,
  }
}
