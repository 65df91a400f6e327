import type { PushFault } from '../faults/fault-book.ts'
import { signAsGoogle } from '../oauth/signing-key.ts'
import { findBy } from '../state/find-by.ts'
import type { PushConfigState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'

/** The Authorization header of a push; null when the subscription asks for none. */
export async function createPushToken(world: World, config: PushConfigState, spoil: PushFault['kind'][]): Promise<string | null> {
  if (!config.oidcToken || spoil.includes('no-token')) return null
  const { serviceAccountEmail, audience } = config.oidcToken
  const subject = findBy(world.state.serviceAccounts, 'email', serviceAccountEmail)?.uniqueId ?? serviceAccountEmail
  const iat = Math.floor(world.clock.now() / 1000) - (spoil.includes('expired') ? 7200 : 0)
  const token = await signAsGoogle(world, {
    aud: spoil.includes('wrong-audience') ? `${audience}-of-someone-else` : audience,
    azp: subject,
    email: spoil.includes('wrong-email') ? 'attacker@other-project.iam.gserviceaccount.com' : serviceAccountEmail,
    email_verified: !spoil.includes('unverified'),
    exp: iat + 3600,
    iat,
    iss: spoil.includes('wrong-issuer') ? 'https://accounts.example.com' : 'https://accounts.google.com',
    sub: subject,
  })
  return `Bearer ${spoil.includes('bad-signature') ? breakSignature(token) : token}`
}

function breakSignature(token: string): string {
  const at = token.lastIndexOf('.') + 10
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}
