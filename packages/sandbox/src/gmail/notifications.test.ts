import { describe, expect, it } from 'vitest'
import { startPipe } from '../testing/start-pipe.ts'
import { SUPPORT } from '../testing/start-tenant.ts'

const mail = { from: 'a@x.test', subject: 's', text: 't' }

async function startWatch() {
  const pipe = await startPipe()
  await pipe.provision()
  await pipe.watch()
  await pipe.sandbox.settled()
  const told = () => pipe.received.map(({ body }) => (JSON.parse(atob(body.message.data)) as { historyId: string }).historyId)
  const deliver = async () => {
    const { historyId } = pipe.google.deliverMail(SUPPORT, mail)
    await pipe.sandbox.settled()
    return historyId
  }
  return { ...pipe, told, deliver }
}

describe('notifications', () => {
  it('start with a heartbeat at once after each watch', async () => {
    const { sandbox, watch, told } = await startWatch()
    expect(told()).toHaveLength(1)
    await watch()
    await sandbox.settled()
    expect(told()).toHaveLength(2)
    expect(told()[1]).toBe(told()[0])
  })

  it('are recorded until somebody clears the record', async () => {
    const { sandbox, deliver } = await startWatch()
    expect(sandbox.deliveries).toHaveLength(1)
    sandbox.clearDeliveries()
    expect(sandbox.deliveries).toEqual([])
    await sandbox.clock.advance(1000)
    await deliver()
    expect(sandbox.deliveries.map(({ kind, status }) => [kind, status])).toEqual([['pubsub', 204]])
  })

  it('come once a second at most; what is left out is told with the next', async () => {
    const { sandbox, told, deliver } = await startWatch()
    const first = await deliver()
    await deliver()
    await sandbox.clock.advance(999)
    await deliver()
    expect(told().slice(1)).toEqual([first])
    await sandbox.clock.advance(1)
    expect(told().slice(1)).toEqual([first])
    const newest = await deliver()
    expect(told().slice(1)).toEqual([first, newest])
  })

  it('of a burst of 1000 mails are one, with the state at its beginning', async () => {
    const { sandbox, google, told } = await startWatch()
    const mails = google.deliverMany(
      SUPPORT,
      Array.from({ length: 1000 }, () => mail),
    )
    await sandbox.settled()
    expect(told().slice(1)).toEqual([mails[0]?.historyId])
  })

  it('of one mailbox do not hold up those of another', async () => {
    const { sandbox, google, connect, names, told, deliver } = await startWatch()
    google.createAccount({ address: 'other@acme.test' })
    const { access_token } = await connect(['https://www.googleapis.com/auth/gmail.readonly'], 'other@acme.test')
    await sandbox.fetch(
      new Request(`${sandbox.endpoints.gmail}/gmail/v1/users/me/watch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ topicName: names.topic }),
      }),
    )
    await sandbox.settled()
    const mine = await deliver()
    const { historyId: other } = google.deliverMail('other@acme.test', mail)
    await sandbox.settled()
    expect(told().slice(2).toSorted()).toEqual([mine, other].toSorted())
  })

  it('can all be lost', async () => {
    const { sandbox, told, deliver } = await startWatch()
    const lost = sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    for (let turn = 0; turn < 3; turn += 1) {
      await deliver()
      await sandbox.clock.advance(1000)
    }
    await sandbox.clock.advance(86_400_000)
    expect([lost.hits(), told().length]).toEqual([3, 1])
  })
})
