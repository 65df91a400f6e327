import { describe, expect, it } from 'vitest'
import { encode, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const year = 365 * 24 * 60 * 60_000

export function describeGmail(bench: Bench): void {
  describe('Gmail', () => {
    it('reads the profile', async () => {
      const call = await bench.createAccount({ historyId: '9007199254740993' })
      expect(await bench.gateway.gmail.getProfile(call)).toEqual({ emailAddress: bench.address, historyId: '9007199254740993' })
    })

    it('lists labels', async () => {
      const own = bench.world.google.createLabel(bench.address, 'Kunden & Partner')
      const labels = await bench.gateway.gmail.listLabels(bench.user)
      expect(labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' })
      expect(labels).toContainEqual({ ...own, type: 'user' })
    })

    it('watches and stops, again and again', async () => {
      const topicName = await bench.openTopic()
      const watch = await bench.gateway.gmail.watch(bench.user, { topicName, labelIds: ['INBOX'], labelFilterBehavior: 'include' })
      expect(watch.historyId).toMatch(/^\d+$/)
      expect(watch.expiresAt - bench.world.clock.now()).toBeGreaterThan(6 * 24 * 60 * 60_000)
      expect(JSON.parse(bench.sent('gmail.watch')[0]?.body ?? '')).toEqual({
        topicName,
        labelIds: ['INBOX'],
        labelFilterBehavior: 'include',
      })
      await bench.gateway.gmail.watch(bench.user, { topicName })
      expect(JSON.parse(bench.sent('gmail.watch')[1]?.body ?? '')).toEqual({ topicName })
      await bench.gateway.gmail.stop(bench.user)
      await bench.gateway.gmail.stop(bench.user)
    })

    it('lists what was added since, in pages and by label', async () => {
      const { historyId } = await bench.gateway.gmail.getProfile(bench.user)
      const mails = [1, 2, 3].map((number) =>
        bench.world.google.deliverMail(bench.address, { eml: encode(`Subject: ${number}\r\n\r\nHello`) }),
      )
      const first = await bench.gateway.gmail.listHistory(bench.user, { startHistoryId: historyId, maxResults: 2 })
      expect(first.nextPageToken).not.toBeNull()
      const second = await bench.gateway.gmail.listHistory(bench.user, {
        startHistoryId: historyId,
        maxResults: 2,
        pageToken: first.nextPageToken ?? '',
      })
      expect(second.nextPageToken).toBeNull()
      expect([...first.added, ...second.added]).toEqual(
        mails.map(({ id, threadId }) => ({ messageId: id, threadId, labelIds: ['INBOX', 'UNREAD'] })),
      )
      expect(second.historyId).toBe(mails[2]?.historyId)
      const elsewhere = await bench.gateway.gmail.listHistory(bench.user, { startHistoryId: historyId, labelId: 'SPAM' })
      expect(elsewhere).toEqual({ historyId: second.historyId, nextPageToken: null, added: [], relabelled: [] })
    })

    it('lists what got and lost labels since, as a message does that is taken out of Spam, and nothing else that happened', async () => {
      const { historyId: startHistoryId } = await bench.gateway.gmail.getProfile(bench.user)
      const spam = bench.world.google.deliverMail(bench.address, { eml: encode('Subject: a\r\n\r\nb'), labels: ['SPAM'] })
      bench.world.google.changeLabels(bench.address, spam.id, { add: ['INBOX'], remove: ['SPAM'] })
      bench.world.google.deleteMessage(bench.address, spam.id)
      const page = await bench.gateway.gmail.listHistory(bench.user, { startHistoryId, labelId: 'INBOX' })
      const ref = { messageId: spam.id, threadId: spam.threadId }
      expect(page).toMatchObject({
        added: [],
        relabelled: [
          { ...ref, labelIds: expect.arrayContaining(['INBOX']), addedLabelIds: ['INBOX'], removedLabelIds: [] },
          { ...ref, labelIds: ['INBOX'], addedLabelIds: [], removedLabelIds: ['SPAM'] },
        ],
      })
      const whole = await bench.gateway.gmail.listHistory(bench.user, { startHistoryId })
      expect(whole).toMatchObject({ added: [{ ...ref, labelIds: ['SPAM'] }], relabelled: [ref, ref] })
      const asked = new URL(bench.sent('gmail.history.list')[0]?.url ?? '').searchParams
      expect(asked.getAll('historyTypes').toSorted()).toEqual(['labelAdded', 'labelRemoved', 'messageAdded'])
    })

    it('reads one message although another is poisoned', async () => {
      const [poisoned, fine] = ['a', 'b'].map((subject) =>
        bench.world.google.deliverMail(bench.address, { eml: encode(`Subject: ${subject}\r\n\r\nHello`) }),
      )
      const path = `/messages/${poisoned?.id}`
      const ways = [
        { fault: { kind: 'status', status: 500 }, expected: { httpStatus: 500 } },
        { fault: { kind: 'body', contentType: 'application/json', body: '{"id":' }, expected: { httpStatus: 200, reason: 'not_json' } },
        { fault: { kind: 'hang' }, expected: { httpStatus: 0, reason: 'deadline' } },
      ] as const
      for (const { fault, expected } of ways) {
        bench.world.faults.add({ path, times: 1, ...fault })
        expect(await refusal(bench.gateway.gmail.getMessage(bench.user, poisoned?.id ?? ''))).toMatchObject(expected)
        expect((await bench.gateway.gmail.getMessage(bench.user, fine?.id ?? '')).id).toBe(fine?.id)
      }
    })

    it('reads a message byte for byte, also a large one', async () => {
      const eml = new Uint8Array(300_000).map((_, at) => (at * 31) % 256)
      const mail = bench.world.google.deliverMail(bench.address, { eml })
      const message = await bench.gateway.gmail.getMessage(bench.user, mail.id)
      expect(message.raw).toEqual(eml)
      expect(message).toMatchObject({ id: mail.id, threadId: mail.threadId, labelIds: ['INBOX', 'UNREAD'] })
      expect(Math.abs(message.internalDate - bench.world.clock.now())).toBeLessThan(year)
    })

    it('lists messages by query and label', async () => {
      expect(await bench.gateway.gmail.listMessages(bench.user, { query: 'after:1000000000' })).toEqual({ ids: [], nextPageToken: null })
      const mail = bench.world.google.deliverMail(bench.address, { eml: encode('Subject: a\r\n\r\nb') })
      expect(await bench.gateway.gmail.listMessages(bench.user, { query: 'after:1000000000', labelIds: ['INBOX'] })).toEqual({
        ids: [mail.id],
        nextPageToken: null,
      })
      expect(
        (await bench.gateway.gmail.listMessages(bench.user, { query: `after:${Math.floor((bench.world.clock.now() + year) / 1000)}` })).ids,
      ).toEqual([])
    })

    it('carries what Gmail refuses', async () => {
      const start = (await bench.gateway.gmail.getProfile(bench.user)).historyId
      const mail = bench.world.google.deliverMail(bench.address, { eml: encode('Subject: a\r\n\r\nb') })
      bench.world.google.deleteMessage(bench.address, mail.id)
      expect(await refusal(bench.gateway.gmail.getMessage(bench.user, mail.id))).toMatchObject({
        operation: 'gmail.messages.get',
        httpStatus: 404,
      })
      bench.world.google.expireHistory(bench.address)
      expect(await refusal(bench.gateway.gmail.listHistory(bench.user, { startHistoryId: start }))).toMatchObject({
        operation: 'gmail.history.list',
        httpStatus: 404,
      })
      const closed = await bench.createAccount({ mail: false })
      expect((await refusal(bench.gateway.gmail.getProfile(closed))).mentions('Mail service not enabled')).toBe(true)
    })

    it('carries what a watch is refused for', async () => {
      const foreign = await refusal(bench.gateway.gmail.watch(bench.user, { topicName: bench.newName('topics', 'another-project') }))
      expect({ status: foreign.httpStatus, told: foreign.mentions('Invalid topicName does not match') }).toEqual({
        status: 400,
        told: true,
      })
      expect(await refusal(bench.gateway.gmail.watch(bench.user, { topicName: bench.newName('topics') }))).toMatchObject({
        operation: 'gmail.watch',
        httpStatus: 404,
      })
      const closed = await refusal(bench.gateway.gmail.watch(bench.user, { topicName: await bench.openTopic([]) }))
      expect({ status: closed.httpStatus, told: closed.mentions('Error sending test message to Cloud PubSub') }).toEqual({
        status: 403,
        told: true,
      })
      await bench.gateway.gmail.watch(bench.user, { topicName: await bench.openTopic() })
      const second = await refusal(bench.gateway.gmail.watch(bench.user, { topicName: await bench.openTopic() }))
      expect({ status: second.httpStatus, told: second.mentions('Only one user push notification client') }).toEqual({
        status: 400,
        told: true,
      })
    })
  })
}
