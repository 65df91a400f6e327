import { ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import { maxGraphMessageBytes } from '../../../ports/index.ts'
import type { Fetched, ProviderCall } from '../../provider.ts'
import { graphCall, imapOf, mailCall, openMailbox } from '../desk.ts'
import { askAtDesk } from '../ask-at-desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { openByGraph } from '../open-by-graph.ts'
import { fewAtOnce } from './few-at-once.ts'
import { readRef } from './mail-ref.ts'
import type { ImapRef, MailRef } from './mail-ref.ts'
import { findRenumbered } from './pull-imap.ts'
import { wasTold } from './was-told.ts'

/**
 * A message as it is now; `null` when it is gone, or when it was handed over before under another name.
 * @throws `message_too_large`, ProviderRefusal
 */
export async function fetchMail(desk: MailboxDesk, call: ProviderCall, text: string): Promise<Fetched | null> {
  const ref = readRef(text)
  const raw = await fewAtOnce(call, () => readMail(desk, call, ref))
  if (raw === null) return ref.kind === 'imap' ? fetchRenumbered(desk, call, ref) : assertGone(desk, call)
  return (await wasTold(call, ref, raw)) ? null : toFetched(desk, call, ref, raw)
}

/** Without access to the mailbox Graph may say of each message that it is not there. @throws `mailbox_access_denied` and its kin */
async function assertGone(desk: MailboxDesk, call: ProviderCall): Promise<null> {
  await openByGraph(desk, call)
  return null
}

/** A message that waited while the folder was numbered anew, by the time of its arrival: a search for what is new does not reach back to it. */
async function fetchRenumbered(desk: MailboxDesk, call: ProviderCall, ref: ImapRef): Promise<Fetched | null> {
  for await (const found of findRenumbered(desk, call, ref)) {
    const raw = await fewAtOnce(call, () => readMail(desk, call, found))
    // Under its first name, so that another search knows it by that one.
    if (raw !== null && !(await wasTold(call, { ...ref, again: true }, raw))) return toFetched(desk, call, found, raw)
  }
  return null
}

function toFetched(desk: MailboxDesk, call: ProviderCall, ref: MailRef, raw: Uint8Array): Fetched {
  return {
    occurredAt: ref.at,
    body: {
      type: 'message.received',
      message: {
        providerMessageId: ref.kind === 'graph' ? ref.id : `${ref.uidValidity}:${ref.uid}`,
        // IMAP names no threads; the message's own references do.
        providerThreadId: ref.kind === 'graph' ? (ref.thread ?? '') : '',
        labelIds: [],
        mailbox: openMailbox(desk, call).settings.mailbox,
        raw,
      },
    },
  }
}

async function readMail(desk: MailboxDesk, call: ProviderCall, ref: MailRef): Promise<Uint8Array | null> {
  try {
    return await askAtDesk(desk, call, () => readBytes(desk, call, ref))
  } catch (error) {
    if (!(error instanceof ProviderRefusal) || error.reason !== 'answer_too_large') throw error
    throw new TenantryError('message_too_large', { values: { limit: `${maxGraphMessageBytes / 1024 / 1024} MB` } })
  }
}

/** One that was found by another way to receive, which the settings no longer choose, cannot be read; it is set aside and not lost. */
async function readBytes(desk: MailboxDesk, call: ProviderCall, ref: MailRef): Promise<Uint8Array | null> {
  const { settings, path } = openMailbox(desk, call)
  if ((ref.kind === 'imap') !== (settings.receive === 'imap')) throw new TenantryError('provider_refused')
  return ref.kind === 'imap'
    ? imapOf(desk).fetch(await mailCall(desk, call, 'imap'), ref)
    : desk.microsoft.graph.getMime(await graphCall(desk, call), { mailbox: path, id: ref.id })
}
