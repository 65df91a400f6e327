import type { ProviderCall, PulledPage } from '../../provider.ts'
import { openMailbox } from '../desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { pullDelta, recoverDelta, startDelta } from './pull-delta.ts'
import { pullImap, recoverImap, startImap } from './pull-imap.ts'

/** The feed that the settings choose. Notifications only say when to look: what is new is read from the delta. */
export const mailFeed = {
  start: (desk: MailboxDesk, call: ProviderCall): AsyncIterable<PulledPage> =>
    readsByImap(desk, call) ? startImap(desk, call) : startDelta(desk, call),
  pull: (desk: MailboxDesk, call: ProviderCall, cursor: string, resume: string | null): AsyncIterable<PulledPage> =>
    readsByImap(desk, call) ? pullImap(desk, call, cursor, resume) : pullDelta(desk, call, cursor, resume),
  recover: (desk: MailboxDesk, call: ProviderCall, since: number, resume: string | null): AsyncIterable<PulledPage> =>
    readsByImap(desk, call) ? recoverImap(desk, call, since, resume) : recoverDelta(desk, call, since, resume),
}

const readsByImap = (desk: MailboxDesk, call: ProviderCall): boolean => openMailbox(desk, call).settings.receive === 'imap'
