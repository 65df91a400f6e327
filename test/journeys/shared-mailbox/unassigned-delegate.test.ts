import { entraFault } from '@tenantry/sandbox'
import { expect, it, vi } from 'vitest'
import { connectMailbox, createOffice, delegate, healthOf, mailbox, wait } from './create-office.ts'

const minute = 60_000

it('one person who is not assigned to the app any more holds nobody else back', async () => {
  const office = await createOffice()
  const { microsoft } = office.sandbox
  microsoft.createUser({ address: 'erin@acme.test', name: 'Erin' })
  microsoft.createSharedMailbox({ address: 'help@acme.test', name: 'Help', members: ['erin@acme.test'] })
  const answer = office.sandbox.fetch
  // Entra does not say whose a token is: it is learned while only Dana has one.
  const danas = new Set<string>()
  let [isLearning, isUnassigned] = [true, false]
  vi.spyOn(office.sandbox, 'fetch').mockImplementation(async (request) => {
    if (!request.url.includes('/oauth2/v2.0/token')) return answer(request)
    const asked = new URLSearchParams(await request.clone().text()).get('refresh_token') ?? ''
    if (isUnassigned && danas.has(asked)) {
      const { status, body } = entraFault(50105) as { readonly status: number; readonly body: string }
      return new Response(body, { status, headers: { 'content-type': 'application/json' } })
    }
    const response = await answer(request)
    const { refresh_token: given } = (await response.clone().json()) as { readonly refresh_token?: string }
    if (given !== undefined && (isLearning || danas.has(asked))) danas.add(given)
    return response
  })
  const { connectionId: hers } = await connectMailbox(office, { address: delegate })
  isLearning = false
  const { connectionId: erins } = await connectMailbox(office, {
    settings: { mailbox: 'help@acme.test' },
    address: 'erin@acme.test',
  })
  isUnassigned = true
  const seen = new Set<string>()
  for (let at = 0; at < 36; at += 1) {
    await wait(office, 5 * minute)
    seen.add((await healthOf(office, erins)).status)
  }
  expect([...seen]).toEqual(['connected'])
  expect(await healthOf(office, hers)).toMatchObject({ status: 'error', reason: 'not_assigned' })
  microsoft.deliverMail(mailbox, { from: 'a@b.test', subject: 'waited', text: 'x' })
  isUnassigned = false
  await wait(office, 16 * minute)
  expect(await healthOf(office, hers)).toMatchObject({ status: 'connected', reason: null })
  expect(office.events.filter(({ type }) => type === 'message.received')).toHaveLength(1)
})
