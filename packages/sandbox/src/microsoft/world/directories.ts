import type { World } from '../../state/world.ts'
import { findDirectory } from '../find.ts'
import type { MicrosoftWorld } from './microsoft-world.ts'

type DirectoryVerbs = Pick<MicrosoftWorld, 'createDirectory' | 'setUserConsent' | 'setSignInPolicy'>

/** Organizations and their policies. */
export function createDirectoryVerbs(world: World): DirectoryVerbs {
  return {
    createDirectory: ({ domain: name, id = crypto.randomUUID() }) => {
      const domain = name.toLowerCase()
      const { directories } = world.state.microsoft
      const directoryId = id.toLowerCase()
      if (directories.some((other) => other.domain === domain || other.directoryId === directoryId))
        throw new Error(`The sandbox already has a directory ${domain} or ${directoryId}`)
      directories.push({ directoryId, domain, userConsent: 'allowed', signIn: 'open', smtpAuth: true })
      return { directoryId, domain }
    },
    setUserConsent: (directoryId, policy) => {
      findDirectory(world, directoryId).userConsent = policy
    },
    setSignInPolicy: (directoryId, policy) => {
      findDirectory(world, directoryId).signIn = policy
    },
  }
}
