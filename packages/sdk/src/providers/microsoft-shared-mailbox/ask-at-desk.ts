import { ProviderRefusal } from '../../errors/index.ts'
import type { ProviderCall } from '../provider.ts'
import { openMailbox } from './desk.ts'
import type { MailboxDesk } from './desk.ts'
import { explainDirectory } from './explain-directory.ts'
import { explainMail } from './explain-mail.ts'

/** Asks for upkeep; a refusal says whose mailbox and account it is about. @throws TenantryError, ProviderRefusal */
export async function askAtDesk<T>(desk: MailboxDesk, call: ProviderCall, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    throw await explainDirectory(desk, call, explainMail(desk, openMailbox(desk, call), error))
  }
}
