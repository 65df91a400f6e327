import type { ImapTransport } from '@tenantry/sdk/ports'
import { examineInbox } from './examine-inbox.ts'
import type { ImapClient } from './open-client.ts'

const operation = 'imap.idle'

/**
 * Tells of changes in INBOX until `signal` aborts. A connection that nobody answers on is found by the probe, which also begins IDLE anew.
 * @throws ProviderRefusal when the connection ends otherwise
 */
export async function watchInbox(
  open: () => Promise<ImapClient>,
  { onChange, signal }: Parameters<ImapTransport['watch']>[1],
  probeMs: number,
): Promise<void> {
  if (signal.aborted) return
  const client = await open()
  const { flow } = client
  let wake: () => void = () => undefined
  const hangUp = (): void => client.close()
  signal.addEventListener('abort', hangUp, { once: true })
  flow.on('close', () => wake())
  try {
    if (signal.aborted) return
    await examineInbox(client)
    for (const event of ['exists', 'expunge', 'flags'] as const) flow.on(event, onChange)
    while (!client.isClosed()) {
      // Ends when the probe breaks it, or with the connection.
      void flow.idle().catch(() => undefined)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, probeMs).unref()
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (client.isClosed()) wake()
      })
      if (!client.isClosed()) await client.run(operation, () => flow.noop())
    }
    if (!signal.aborted) client.refuseLast(operation)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', hangUp)
    client.close()
  }
}
