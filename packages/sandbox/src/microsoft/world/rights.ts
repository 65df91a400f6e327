import type { World } from '../../state/world.ts'
import { checkMailSignIn } from '../exchange/check-mail-sign-in.ts'
import { sendingRight } from '../exchange/rights.ts'
import { findByAddress } from '../find.ts'
import type { AccessRights, MicrosoftWorld } from './microsoft-world.ts'

type RightsVerbs = Pick<MicrosoftWorld, 'grantAccess' | 'revokeAccess' | 'setSmtpAuth' | 'setImap' | 'checkMailSignIn' | 'maySendAs'>

/** What the Exchange admin center decides. */
export function createRightsVerbs(world: World): RightsVerbs {
  const set = (mailbox: string, person: string, changes: AccessRights) => {
    const owner = findByAddress(world, mailbox)
    const to = findByAddress(world, person).id
    const before = owner.rights.find((right) => right.to === to) ?? { to, fullAccess: false, sendAs: false, sendOnBehalf: false }
    owner.rights = [...owner.rights.filter((right) => right.to !== to), { ...before, ...changes }]
  }
  return {
    grantAccess: ({ mailbox, to, ...rights }) => set(mailbox, to, rights),
    revokeAccess: ({ mailbox, from, ...named }) => {
      const all = { fullAccess: true, sendAs: true, sendOnBehalf: true }
      const taken = Object.keys(named).length > 0 ? named : all
      set(mailbox, from, Object.fromEntries(Object.entries(taken).flatMap(([right, take]) => (take ? [[right, false]] : []))))
    },
    setSmtpAuth: (target, enabled) => {
      const directory = world.state.microsoft.directories.find(({ directoryId }) => directoryId === target)
      if (directory) directory.smtpAuth = enabled
      else findByAddress(world, target).smtpAuth = enabled
    },
    setImap: (address, enabled) => {
      findByAddress(world, address).imap = enabled
    },
    checkMailSignIn: (signIn) => checkMailSignIn(world, signIn),
    maySendAs: ({ user, from }) => sendingRight(world, findByAddress(world, user), from) !== null,
  }
}
