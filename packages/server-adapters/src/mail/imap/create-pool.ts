import { createMailboxConnections } from './mailbox-connections.ts'
import type { ConnectionLimits, MailboxConnections } from './mailbox-connections.ts'

/** The connections to every mailbox, each with limits of its own; one that is not used takes no memory. */
export function createPool(limits: ConnectionLimits): MailboxConnections {
  const mailboxes = new Map<string, MailboxConnections>()
  return {
    use(call, work) {
      const name = JSON.stringify([call.server.host, call.server.port, call.user])
      const mailbox = mailboxes.get(name) ?? createMailboxConnections(limits, () => mailboxes.delete(name))
      mailboxes.set(name, mailbox)
      return mailbox.use(call, work)
    },
    close() {
      for (const mailbox of mailboxes.values()) mailbox.close()
    },
  }
}
