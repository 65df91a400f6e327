import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { ImapTransport } from '@tenantry/sdk/ports'
import type { ImapClient } from './open-client.ts'

const operation = 'imap.append'

/** The name that Exchange gives it, for a server that does not tell what a folder is for. */
const usualName = 'Sent Items'

/** Puts a copy into the folder of what was sent, unless it lies there. @throws ProviderRefusal reason `no_folder` */
export async function keepSent(
  client: ImapClient,
  { raw, messageId }: Parameters<ImapTransport['keepSent']>[1],
  deadlineMs: number,
): Promise<void> {
  const { flow } = client
  const folders = (await client.run(operation, () => flow.list())).filter(({ flags }) => !flags.has('\\Noselect'))
  const folder = folders.find(({ specialUse }) => specialUse === '\\Sent') ?? folders.find(({ path }) => path === usualName)
  if (folder === undefined) throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 400, reason: 'no_folder' })
  // SELECT, because with EXAMINE no flag may be set.
  await client.run(operation, () => flow.mailboxOpen(folder.path))
  const found = await client.run(operation, () => flow.search({ header: { 'message-id': messageId } }, { uid: true }))
  if (!Array.isArray(found)) client.refuseLast(operation)
  if (found.length > 0) return
  await client.run(
    operation,
    () => flow.append(folder.path, Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), ['\\Seen']),
    deadlineMs,
  )
}
