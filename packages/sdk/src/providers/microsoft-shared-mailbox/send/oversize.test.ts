import { describe, expect, it } from 'vitest'
import { isTenantryError, ProviderRefusal } from '../../../errors/index.ts'
import { maxGraphMimeBytes } from '../../../ports/index.ts'
import type { GraphGateway, ImapTransport, MailComposer, SmtpTransport } from '../../../ports/index.ts'
import { createMailboxWorld, mailbox, unless } from '../../../testing/create-mailbox-world.ts'

/** As many bytes as the text and the files have. */
const composer: MailComposer = {
  compose: async ({ text = '', attachments = [] }) =>
    new Uint8Array(text.length + attachments.reduce((sum, { content }) => sum + Math.ceil(content.byteLength / 3) * 4, 0)),
}

const refusal = (operation: string, httpStatus: number, reason?: string) =>
  new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus, reason })

const longText = 'x'.repeat(maxGraphMimeBytes + 1)
const largeFile = { filename: 'plan.bin', contentType: 'application/octet-stream', content: new Uint8Array(20_000_000) }

interface Parts {
  readonly graph?: Partial<GraphGateway>
  readonly smtp?: Partial<SmtpTransport>
  readonly receive?: 'delta' | 'imap'
  readonly oversize?: 'refuse' | 'smtp'
}

/** A mailbox that sends by Graph, and a note of each server that was asked, with the token. */
async function open({ graph = {}, smtp = {}, receive = 'delta', oversize = 'smtp' }: Parts) {
  const asked: string[] = []
  const note =
    <Call extends { readonly accessToken: string }, Rest extends readonly unknown[], T>(
      name: string,
      method: (call: Call, ...rest: Rest) => T,
    ) =>
    (call: Call, ...rest: Rest): T => {
      asked.push(`${name} ${call.accessToken}`)
      return method(call, ...rest)
    }
  const noted = Object.entries(graph).map(([name, method]) => [name, note(name, method as () => unknown)])
  const send: SmtpTransport['send'] = note('smtp', smtp.send ?? (async () => {}))
  const world = createMailboxWorld({
    graph: { getInbox: async () => ({ id: 'inbox' }), ...Object.fromEntries(noted) },
    mail: {
      composer,
      smtp: unless({ probe: async () => ({ maxBytes: null }), ...smtp, send }, 'smtp'),
      imap: unless<ImapTransport>({ keepSent: async () => {} }, 'imap'),
    },
  })
  const connectionId = await world.connect({ send: 'graph', receive, oversize })
  const deliver = (more: { text?: string; attachments?: (typeof largeFile)[] }) =>
    world.sdk.sharedMailbox.send({
      connectionId,
      message: { to: ['ann@example.com'], subject: 'Plan', text: 'The plan.', ...more },
      idempotencyKey: 'ticket-1',
    })
  return { world, asked, deliver }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'sent'
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return error.code
  }
}

const draft: Partial<GraphGateway> = {
  createDraft: async () => ({ id: 'draft-1' }),
  attach: async () => {},
  sendDraft: async () => {},
  deleteDraft: async () => {},
}

describe('a message that Graph does not take, where SMTP was chosen for it,', () => {
  it('goes out by SMTP, as the mailbox, with a token of its own, when its text alone is too large', async () => {
    const from: string[] = []
    const { asked, deliver } = await open({ smtp: { send: async (_, input) => void from.push(input.from) } })
    expect(await deliver({ text: longText })).toMatchObject({ by: 'smtp', copied: false })
    expect(asked).toEqual(['smtp EXAMPLE_outlook'])
    expect(from).toEqual([mailbox])
  })

  it('leaves its copy by IMAP where there is one', async () => {
    const { deliver } = await open({ receive: 'imap' })
    expect(await deliver({ text: longText })).toMatchObject({ by: 'smtp', copied: true })
  })

  it('goes by Graph as long as Graph takes it', async () => {
    const { asked, deliver } = await open({ graph: draft })
    expect(await deliver({ attachments: [largeFile] })).toMatchObject({ by: 'graph', copied: true })
    expect(asked.map((one) => one.split(' ')[0])).toEqual(['createDraft', 'attach', 'sendDraft'])
  })

  it.each([
    ['its file is too large for an upload', 'attach', refusal('graph.uploadSessions.create', 413, 'ErrorMessageSizeExceeded')],
    ['uploads to the mailbox are refused', 'attach', refusal('graph.uploadSessions.create', 403, 'ErrorAccessDenied')],
    ['it is too large as a whole', 'sendDraft', refusal('graph.messages.send', 400, 'ErrorMessageSizeExceeded')],
  ] as const)('leaves no draft behind when %s', async (_, step, refused) => {
    const refuse = async () => {
      throw refused
    }
    const { asked, deliver } = await open({ graph: { ...draft, [step]: refuse } })
    expect(await deliver({ attachments: [largeFile] })).toMatchObject({ by: 'smtp' })
    expect(asked.map((one) => one.split(' ')[0]).slice(-2)).toEqual(['deleteDraft', 'smtp'])
  })

  it.each([
    ['Graph says that nobody may send as the mailbox', refusal('graph.messages.send', 403, 'ErrorSendAsDenied'), 'send_as_denied'],
    ['Graph’s answer was lost', refusal('graph.messages.send', 0), 'send_outcome_unknown'],
    ['Graph is busy', refusal('graph.messages.send', 429, 'ApplicationThrottled'), 'throttled'],
  ])('does not go by SMTP when %s', async (_, refused, code) => {
    const refuse = async () => {
      throw refused
    }
    const { asked, deliver } = await open({ graph: { ...draft, sendDraft: refuse } })
    expect(await codeOf(deliver({ attachments: [largeFile] }))).toBe(code)
    expect(asked.some((one) => one.startsWith('smtp'))).toBe(false)
  })

  it('is not sent again under its key once SMTP may have taken it, whatever Graph would say', async () => {
    let isFirst = true
    const { world, asked, deliver } = await open({
      graph: {
        ...draft,
        isSent: async () => false,
        sendDraft: async () => {
          if (isFirst) throw refusal('graph.messages.send', 400, 'ErrorMessageSizeExceeded')
        },
      },
      smtp: { send: async () => Promise.reject(refusal('smtp.data', 0)) },
    })
    expect(await codeOf(deliver({ attachments: [largeFile] }))).toBe('send_outcome_unknown')
    isFirst = false
    world.clock.advance(10 * 60_000)
    expect(await codeOf(deliver({ attachments: [largeFile] }))).toBe('send_outcome_unknown')
    expect(asked.filter((one) => /^(?:smtp|sendDraft)/.test(one))).toHaveLength(2)
  })

  it('is larger than SMTP takes too: says so, and nothing is sent', async () => {
    const { asked, deliver } = await open({
      graph: { ...draft, sendDraft: async () => Promise.reject(refusal('graph.messages.send', 400, 'ErrorMessageSizeExceeded')) },
      smtp: { probe: async () => ({ maxBytes: 10_000_000 }) },
    })
    await expect(deliver({ attachments: [largeFile] })).rejects.toMatchObject({ code: 'message_too_large', values: { limit: '10 MB' } })
    expect(asked.some((one) => one.startsWith('smtp'))).toBe(false)
  })
})

it('a message that Graph does not take is refused where nothing else was chosen', async () => {
  const { asked, deliver } = await open({ oversize: 'refuse' })
  expect(await codeOf(deliver({ text: longText }))).toBe('message_too_large')
  expect(asked).toEqual([])
})
