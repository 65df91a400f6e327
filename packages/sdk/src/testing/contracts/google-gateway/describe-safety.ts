import { describe, expect, it } from 'vitest'
import { googleScopes } from '../../../model/index.ts'
import type { UserCall } from '../../../ports/index.ts'
import { print, refusal } from './bench.ts'
import type { Bench } from './bench.ts'

const nobody: UserCall = { accessToken: 'ya29.EXAMPLE_nobody' }

export function describeSafety(bench: Bench): void {
  describe('ids of 64 bits', () => {
    const answer = (operation: string, body: string) =>
      bench.world.faults.add({ operation, kind: 'body', contentType: 'application/json', body, times: 1 })

    it.each(['9007199254740993', '18446744073709551615', '1'])('keep every digit of %s, as text or as a number', async (id) => {
      for (const written of [id, `"${id}"`]) {
        answer('gmail.watch', `{"historyId":${written},"expiration":"1767225600000"}`)
        expect(await bench.gateway.gmail.watch(bench.user, { topicName: bench.newName('topics') })).toEqual({
          historyId: id,
          expiresAt: 1_767_225_600_000,
        })
        answer('gmail.history.list', `{"historyId": ${written}, "history": [{"id": ${written}}]}`)
        expect((await bench.gateway.gmail.listHistory(bench.user, { startHistoryId: '1' })).historyId).toBe(id)
      }
    })

    it.each(['-1', '1.5', '1e300', '"0x10"', '""', 'null', '18446744073709551616'])('are not made up from %s', async (written) => {
      answer('gmail.history.list', `{"historyId":${written}}`)
      expect((await refusal(bench.gateway.gmail.listHistory(bench.user, { startHistoryId: '1' }))).operation).toBe('gmail.history.list')
    })
  })

  describe('access', () => {
    it('is refused to an unknown or ended token', async () => {
      expect(await refusal(bench.gateway.gmail.getProfile(nobody))).toMatchObject({ httpStatus: 401 })
      bench.world.google.expireAccessTokens(bench.address)
      expect(await refusal(bench.gateway.calendar.listCalendars(bench.user))).toMatchObject({ httpStatus: 401 })
    })

    it('is refused where a scope is missing or an API is off', async () => {
      const narrow = await bench.issueToken(bench.address, googleScopes.calendar)
      expect((await refusal(bench.gateway.gmail.getProfile(narrow))).reason).toMatch(
        /insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT/,
      )
      const off = {
        gmail: () => bench.gateway.gmail.getProfile(bench.user),
        calendar: () => bench.gateway.calendar.listCalendars(bench.user),
        pubsub: () => bench.gateway.pubsub.getTopic(bench.key, bench.newName('topics')),
      }
      for (const api of ['gmail', 'calendar', 'pubsub'] as const) {
        bench.world.google.setApi(bench.projectId, api, false)
        const refused = await refusal(off[api]()).finally(() => bench.world.google.setApi(bench.projectId, api, true))
        expect(refused.reason).toMatch(/accessNotConfigured|SERVICE_DISABLED/)
      }
    })

    it('is shown in the header only, and in no refusal', async () => {
      await bench.gateway.gmail.listLabels(bench.user)
      expect(bench.world.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${bench.user.accessToken}`)
      expect(bench.world.requests.map(({ url, body }) => url + body).join()).not.toContain(bench.user.accessToken)
      expect(print(await refusal(bench.gateway.gmail.getMessage(bench.user, 'gone')))).not.toContain(bench.user.accessToken)
      const broken = { accessToken: `${bench.user.accessToken}\r\nX-Evil: 1` }
      expect(print(await bench.gateway.gmail.getProfile(broken).catch((error: unknown) => error))).not.toContain(bench.user.accessToken)
    })

    it('does not climb out of its path', async () => {
      bench.world.clearRequests()
      for (const id of ['..', '../labels', '%2e%2e/labels', 'a?alt=media', ''])
        await bench.gateway.gmail.getMessage(bench.user, id).catch((error: unknown) => error)
      const topics = ['projects/a-project/topics/../../x', `projects/${bench.projectId}/subscriptions/abc`, 'x']
      for (const topic of topics) await expect(bench.gateway.pubsub.getTopic(bench.key, topic)).rejects.toThrow(Error)
      expect(bench.world.requests.filter(({ operation }) => !['gmail.messages.get', 'oauth.token'].includes(operation))).toEqual([])
      expect(bench.world.requests.every(({ url }) => !new URL(url).searchParams.has('alt'))).toBe(true)
    })
  })
}
