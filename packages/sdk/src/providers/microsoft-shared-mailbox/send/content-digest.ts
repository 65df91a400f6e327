import { encodeBase64Url } from '../../../crypto/base64url.ts'
import type { RelayMessage } from '../../../ports/index.ts'
import type { ProviderCall } from '../../provider.ts'
import type { SharedMailboxSettings } from '../settings.ts'

/**
 * All that a message says and how it goes out, files by their digests. The way is part of it: what one server may have taken is not sent by
 * another.
 */
export async function contentDigest(
  { crypto }: Pick<ProviderCall, 'crypto'>,
  message: RelayMessage,
  { send, oversize }: Pick<SharedMailboxSettings, 'send' | 'oversize'>,
): Promise<string> {
  const { attachments = [], headers = {}, ...rest } = message
  const files = await Promise.all(
    attachments.map(async ({ filename, contentType, contentId, content }) => [
      filename,
      contentType,
      contentId ?? null,
      encodeBase64Url(await crypto.sha256(content)),
    ]),
  )
  const ways = oversize === 'smtp' ? [send, oversize] : send
  return JSON.stringify([ways, Object.entries(rest).toSorted(byName), Object.entries(headers).toSorted(byName), files])
}

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number => (left < right ? -1 : 1)
