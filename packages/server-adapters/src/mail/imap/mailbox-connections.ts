import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { MailCall } from '@tenantry/sdk/ports'
import type { ImapClient } from './open-client.ts'

export interface ConnectionLimits {
  readonly open: (call: MailCall) => Promise<ImapClient>
  /** At most so many at once, those that wait for another call counted. */
  readonly connections: number
  readonly keepMs: number
}

export interface MailboxConnections {
  /** Work has to bear being done twice: what fails on a connection that waited is done again on a new one. */
  use<T>(call: MailCall, work: (client: ImapClient) => Promise<T>): Promise<T>
  close(): void
}

interface Kept {
  readonly client: ImapClient
  /** Security and token: another person's connection is never lent. */
  readonly signIn: string
  readonly timer: ReturnType<typeof setTimeout>
}

/** What another connection would hear too. */
const final = new Set<string | undefined>(['throttled', 'answer_too_large'])

/** The connections to one mailbox: Exchange allows few, and signing in takes longer than most of what is asked. `onEmpty` is told when none is left. */
export function createMailboxConnections({ open, connections, keepMs }: ConnectionLimits, onEmpty: () => void): MailboxConnections {
  let busy = 0
  let kept: readonly Kept[] = []
  const waiting: (() => void)[] = []

  const isFull = (): boolean => busy >= connections
  const remove = (one: Kept): ImapClient => {
    clearTimeout(one.timer)
    kept = kept.filter((other) => other !== one)
    return one.client
  }
  const tellWhenEmpty = (): void => {
    if (busy === 0 && kept.length === 0 && waiting.length === 0) onEmpty()
  }
  const drop = (one: Kept): void => {
    remove(one).close()
    tellWhenEmpty()
  }
  const keep = (client: ImapClient, signIn: string): void => {
    if (client.isClosed()) return
    const one: Kept = { client, signIn, timer: setTimeout(() => drop(one), keepMs).unref() }
    kept = [...kept, one]
  }
  const borrow = (signIn: string): ImapClient | null => {
    const living = kept.find((one) => one.signIn === signIn && !one.client.isClosed())
    return living === undefined ? null : remove(living)
  }
  const openAnother = (call: MailCall): Promise<ImapClient> => {
    for (const one of kept) if (one.client.isClosed() || busy + kept.length > connections) remove(one).close()
    return open(call)
  }

  return {
    async use<T>(call: MailCall, work: (client: ImapClient) => Promise<T>): Promise<T> {
      const signIn = JSON.stringify([call.server.security, call.accessToken])
      const attempt = async (client: ImapClient): Promise<T> => {
        try {
          const result = await work(client)
          keep(client, signIn)
          return result
        } catch (error) {
          client.close()
          throw error
        }
      }
      while (isFull()) await new Promise<void>((resolve) => waiting.push(resolve))
      busy += 1
      try {
        const borrowed = borrow(signIn)
        if (borrowed !== null) {
          try {
            return await attempt(borrowed)
          } catch (error) {
            // It may have died while it waited, which says nothing about the mailbox.
            if (!(error instanceof ProviderRefusal) || final.has(error.reason)) throw error
          }
        }
        return await attempt(await openAnother(call))
      } finally {
        busy -= 1
        waiting.shift()?.()
        tellWhenEmpty()
      }
    },
    close() {
      for (const one of kept) drop(one)
    },
  }
}
