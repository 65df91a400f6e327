import type { World } from '../../state/world.ts'
import { findByAddress, findDirectory } from '../find.ts'
import { createMailbox } from '../mail/mailbox.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import type { MicrosoftWorld, Recipient } from './microsoft-world.ts'

type RecipientVerbs = Pick<
  MicrosoftWorld,
  | 'createUser'
  | 'createSharedMailbox'
  | 'createGroup'
  | 'createContact'
  | 'createGuest'
  | 'setLicensed'
  | 'disableUser'
  | 'removeUser'
  | 'revokeSessions'
>

/** Everybody who has an address. */
export function createRecipientVerbs(world: World): RecipientVerbs {
  const change = (address: string, changes: Partial<RecipientState>) => {
    Object.assign(findByAddress(world, address), changes)
  }
  return {
    createUser: ({ address, name, licensed = true, admin = false, password = null, onPremises = false }) =>
      add(world, 'user', { address, name, licensed, admin, password, onPremises }),
    createSharedMailbox: ({ address, name, members = [], onPremises = false }) => {
      const rights = members.map((member) => ({ to: findByAddress(world, member).id, fullAccess: true, sendAs: true, sendOnBehalf: false }))
      // Nobody signs in as a shared mailbox.
      return add(world, 'shared', { address, name, rights, enabled: false, onPremises })
    },
    createGroup: ({ address }) => add(world, 'group', { address }),
    createContact: ({ address, directoryId }) => add(world, 'contact', { address, directoryId }),
    createGuest: ({ address, directoryId }) => add(world, 'guest', { address, directoryId }),
    setLicensed: (address, licensed) => change(address, { licensed }),
    disableUser: (address) => change(address, { enabled: false }),
    removeUser: (address) => change(address, { removed: true }),
    revokeSessions: (address) => change(address, { sessionsRevokedAt: world.clock.now() }),
  }
}

type Given = { address: string; name?: string | undefined } & Partial<Omit<RecipientState, 'address' | 'name'>>

function add(world: World, kind: RecipientState['kind'], { address: written, name: given, ...more }: Given): Recipient {
  const address = written.toLowerCase()
  const [local = '', domain] = address.split('@')
  const { recipients, directories } = world.state.microsoft
  const directoryId = more.directoryId ?? directories.find((directory) => directory.domain === domain)?.directoryId
  if (directoryId === undefined) throw new Error(`The sandbox has no directory for ${address}`)
  findDirectory(world, directoryId)
  if (recipients.some((other) => other.address === address && other.directoryId === directoryId && !other.removed))
    throw new Error(`The directory already has a recipient ${address}`)
  const recipient: RecipientState = {
    id: crypto.randomUUID(),
    kind,
    address,
    name: given ?? local,
    admin: false,
    password: null,
    enabled: true,
    removed: false,
    sessionsRevokedAt: null,
    licensed: false,
    onPremises: false,
    smtpAuth: null,
    imap: true,
    rights: [],
    mailbox: kind === 'user' || kind === 'shared' ? createMailbox() : null,
    ...more,
    directoryId,
  }
  recipients.push(recipient)
  return { id: recipient.id, address, directoryId }
}
