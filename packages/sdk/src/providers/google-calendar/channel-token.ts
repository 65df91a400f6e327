import { encodeBase64Url, encodeText } from '../../crypto/base64url.ts'
import { equalBytes } from '../../crypto/equal-bytes.ts'
import type { ProviderPorts } from '../provider.ts'

/**
 * What Google repeats in each post of a channel: 32 random bytes, and a signed name of the connection, so that a channel whose row is lost, because
 * the store was set back to an earlier day, can still be proven, acknowledged and stopped. At most 256 characters, as Google allows.
 */
export async function newChannelToken(
  ports: Pick<ProviderPorts, 'random' | 'keyedHash'>,
  { channelId, connectionId }: { readonly channelId: string; readonly connectionId: string },
): Promise<string> {
  const secret = encodeBase64Url(ports.random.bytes(32))
  return `${secret}.${connectionId}.${await sign(ports, [channelId, secret, connectionId])}`
}

/** The id of the connection that a channel was opened for by us; `null` when the token was not made here for this channel, byte for byte. */
export async function readChannelToken(
  ports: Pick<ProviderPorts, 'keyedHash'>,
  { channelId, token }: { readonly channelId: string; readonly token: string },
): Promise<string | null> {
  const [secret, connectionId, signature, ...rest] = /^[\w.-]{1,256}$/.test(token) ? token.split('.') : []
  if (secret?.length !== 43 || !connectionId || signature?.length !== 43 || rest.length > 0) return null
  const expected = await sign(ports, [channelId, secret, connectionId])
  return equalBytes(encodeText(signature), encodeText(expected)) ? connectionId : null
}

const sign = (ports: Pick<ProviderPorts, 'keyedHash'>, parts: readonly string[]): Promise<string> =>
  ports.keyedHash('channel', JSON.stringify(parts))
