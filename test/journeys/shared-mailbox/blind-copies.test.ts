import { expect, it } from 'vitest'
import { connectMailbox, createOffice, mailbox } from './create-office.ts'

const textOf = (raw: Uint8Array) => new TextDecoder().decode(raw)

it.each([
  ['a message', {}],
  [
    'a draft with a large file',
    { attachments: [{ filename: 'a.bin', contentType: 'application/octet-stream', content: new Uint8Array(4_000_000) }] },
  ],
  ['a message that has no other recipients', { to: [] }],
])('by Graph, blind copies of %s arrive and stay blind', async (_, more) => {
  const office = await createOffice()
  const { microsoft } = office.sandbox
  for (const name of ['kim', 'boss']) microsoft.createUser({ address: `${name}@acme.test`, name })
  const { connectionId } = await connectMailbox(office)
  const message = {
    to: ['kim@acme.test'],
    bcc: ['Boss: Sales <boss@acme.test>', 'kim@acme.test'],
    subject: 'Offer',
    text: 'Dear Kim',
    ...more,
  }
  expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'graph', copied: true })
  await office.settle()
  const arrived = ['kim', 'boss'].map((name) => microsoft.inbox(`${name}@acme.test`).map(({ raw }) => textOf(raw)))
  expect(arrived.map((mails) => mails.length)).toEqual([1, 1])
  expect(arrived.flat().filter((text) => /^bcc:/im.test(text))).toEqual([])
  expect(microsoft.sentItems(mailbox)).toHaveLength(1)
})
