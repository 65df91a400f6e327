import { findBy } from '../state/find-by.ts'
import type { World } from '../state/world.ts'
import type { AppState, DirectoryState } from './state/entra-state.ts'
import type { MailboxState, MessageState, RecipientState } from './state/recipient-state.ts'
import type { SubscriptionState } from './state/subscription-state.ts'

/** Somebody who has a mailbox here. */
export type MailboxOwner = RecipientState & { mailbox: MailboxState }

/** @throws Error for an unknown directory */
export function findDirectory(world: World, directoryId: string): DirectoryState {
  return known(findBy(world.state.microsoft.directories, 'directoryId', directoryId), 'directory', directoryId)
}

/** @throws Error for an unknown or deleted app */
export function findApp(world: World, clientId: string): AppState {
  const app = findBy(world.state.microsoft.apps, 'clientId', clientId)
  return known(app?.deleted === false ? app : undefined, 'app', clientId)
}

/** Whoever receives mail at this address; contacts and guests only stand for somebody elsewhere. */
export function lookUp(world: World, address: string): RecipientState | undefined {
  const wanted = address.toLowerCase()
  const found = world.state.microsoft.recipients.filter((recipient) => recipient.address === wanted && !recipient.removed)
  return found.find(({ kind }) => kind !== 'guest' && kind !== 'contact') ?? found[0]
}

/** By object id. @throws Error for an unknown one */
export function findRecipient(world: World, id: string): RecipientState {
  return known(findBy(world.state.microsoft.recipients, 'id', id), 'recipient', id)
}

/** @throws Error for an unknown address */
export function findByAddress(world: World, address: string): RecipientState {
  return known(lookUp(world, address), 'recipient', address)
}

/** @throws Error when nobody has a mailbox at this address */
export function findOwner(world: World, address: string): MailboxOwner {
  const recipient = findByAddress(world, address)
  if (!hasMailbox(recipient)) throw new Error(`${address} has no mailbox`)
  return recipient
}

export function hasMailbox(recipient: RecipientState): recipient is MailboxOwner {
  return recipient.mailbox !== null && !recipient.onPremises && (recipient.kind === 'shared' || recipient.licensed)
}

/** By immutable id. @throws Error for an unknown message */
export function findMessage({ mailbox, address }: MailboxOwner, id: string): MessageState {
  const found = mailbox.messages.find((message) => message.id === id)
  return known(found, `message of ${address}`, id)
}

/** @throws Error for one that does not exist */
export function findSubscription(world: World, id: string): SubscriptionState {
  const found = world.state.microsoft.subscriptions.find((subscription) => subscription.id === id)
  return known(found, 'Graph subscription', id)
}

function known<T>(found: T | undefined, kind: string, name: string): T {
  if (found === undefined) throw new Error(`The sandbox has no ${kind} ${name}`)
  return found
}
