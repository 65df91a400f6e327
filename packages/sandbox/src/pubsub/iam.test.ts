import { describe, expect, it } from 'vitest'
import { PUBLISHER, startPipe, tokenOf } from '../testing/start-pipe.ts'
import { json, SUPPORT } from '../testing/start-tenant.ts'

const condition = { title: 'until spring', expression: 'request.time < timestamp("2027-03-01T00:00:00Z")' }

describe('policies', () => {
  it.each(['topics', 'subscriptions'])('of %s are replaced with the etag that was read, once', async (kind) => {
    const { call, provision } = await startPipe()
    await provision()
    const read = async () => json<{ etag: string; bindings?: object[] }>(await call('GET', `${kind}/mail:getIamPolicy`))
    const { etag } = await read()
    const bindings = [{ role: 'roles/pubsub.subscriber', members: ['user:dana@acme.test'] }]
    expect((await call('POST', `${kind}/mail:setIamPolicy`, { policy: { etag, bindings } })).status).toBe(200)
    const stale = await call('POST', `${kind}/mail:setIamPolicy`, { policy: { etag, bindings: [] } })
    expect([stale.status, await stale.json()]).toMatchObject([409, { error: { status: 'ABORTED' } }])
    expect((await read()).bindings).toEqual(bindings)
    expect((await read()).etag).not.toBe(etag)
  })

  it('need version 3 for conditions, and show them only to who asks for it', async () => {
    const { call, provision } = await startPipe()
    await provision()
    const bindings = [{ role: 'roles/pubsub.publisher', members: [PUBLISHER], condition }]
    expect((await call('POST', 'topics/mail:setIamPolicy', { policy: { version: 1, bindings } })).status).toBe(400)
    expect((await call('POST', 'topics/mail:setIamPolicy', { policy: { version: 3, bindings } })).status).toBe(200)
    const whole = await json(await call('GET', 'topics/mail:getIamPolicy?options.requestedPolicyVersion=3'))
    expect(whole).toMatchObject({ version: 3, bindings })
    const part = await json<{ bindings: { role: string }[] }>(await call('GET', 'topics/mail:getIamPolicy'))
    expect(part).toMatchObject({ version: 1, bindings: [{ members: [PUBLISHER] }] })
    expect(part.bindings[0]?.role).toMatch(/^roles\/pubsub\.publisher_withcond_/)
    expect(part.bindings[0]).not.toHaveProperty('condition')
  })

  it('with a condition let nobody publish', async () => {
    const { sandbox, google, provision, watch, grant, received } = await startPipe()
    await provision()
    await watch()
    await sandbox.settled()
    await grant('topics/mail', { role: 'roles/pubsub.publisher', members: [PUBLISHER], condition })
    google.deliverMail(SUPPORT, { from: 'a@x.test', subject: 's', text: 't' })
    await sandbox.settled()
    expect(received).toHaveLength(1)
    expect(await json(await watch())).toMatchObject({ error: { code: 403 } })
  })

  it('let a subscriber use one subscription and no other', async () => {
    const { sandbox, google, project, call, callAs, names, grant, provision } = await startPipe()
    await provision({ pushConfig: {} })
    await call('PUT', 'subscriptions/other', { topic: names.topic })
    const reader = await google.createServiceAccount({ projectId: project.projectId, name: 'reader', roles: [] })
    await grant('subscriptions/mail', { role: 'roles/pubsub.subscriber', members: [`serviceAccount:${reader.email}`] })
    const as = callAs(await tokenOf(sandbox, reader))
    expect((await as('POST', 'subscriptions/mail:pull', { maxMessages: 1 })).status).toBe(200)
    expect((await as('POST', 'subscriptions/other:pull', { maxMessages: 1 })).status).toBe(403)
  })

  it('of a topic that does not exist grant nothing, which is no error', async () => {
    const { call } = await startPipe()
    const asked = await call('POST', 'topics/none:testIamPermissions', { permissions: ['pubsub.topics.get'] })
    expect([asked.status, await asked.json()]).toEqual([200, {}])
  })
})

describe('service accounts', () => {
  const leastPrivilege = [
    'pubsub.topics.create',
    'pubsub.topics.get',
    'pubsub.topics.getIamPolicy',
    'pubsub.topics.setIamPolicy',
    'pubsub.topics.attachSubscription',
    'pubsub.subscriptions.create',
    'pubsub.subscriptions.get',
    'iam.serviceAccounts.actAs',
  ]

  it('with permissions of their own may do exactly that', async () => {
    const { sandbox, google, project, callAs, names } = await startPipe()
    const { projectId } = project
    const exact = await google.createServiceAccount({ projectId, name: 'exactly', permissions: leastPrivilege })
    const as = callAs(await tokenOf(sandbox, exact))
    const pushConfig = { pushEndpoint: 'https://helpdesk.example/hook', oidcToken: { serviceAccountEmail: exact.email } }
    expect((await as('PUT', 'topics/mail', {})).status).toBe(200)
    expect((await as('POST', 'topics/mail:setIamPolicy', { policy: {} })).status).toBe(200)
    expect((await as('PUT', 'subscriptions/mail', { topic: names.topic, pushConfig })).status).toBe(200)
    expect((await as('GET', 'subscriptions/mail')).status).toBe(200)
    expect((await as('DELETE', 'subscriptions/mail')).status).toBe(403)
    expect((await as('POST', 'subscriptions/mail:modifyPushConfig', { pushConfig })).status).toBe(403)
    const wished = ['pubsub.topics.get', 'pubsub.topics.delete', 'pubsub.topics.publish']
    expect(await json(await as('POST', 'topics/mail:testIamPermissions', { permissions: wished }))).toEqual({
      permissions: ['pubsub.topics.get'],
    })
  })

  it.each(leastPrivilege)('without %s are refused somewhere', async (missing) => {
    const { sandbox, google, project, callAs, names } = await startPipe()
    const permissions = leastPrivilege.filter((permission) => permission !== missing)
    const account = await google.createServiceAccount({ projectId: project.projectId, name: 'lesser', permissions })
    const as = callAs(await tokenOf(sandbox, account))
    const pushConfig = { pushEndpoint: 'https://helpdesk.example/hook', oidcToken: { serviceAccountEmail: account.email } }
    const statuses = [
      await as('PUT', 'topics/mail', {}),
      await as('GET', 'topics/mail'),
      await as('GET', 'topics/mail:getIamPolicy'),
      await as('POST', 'topics/mail:setIamPolicy', { policy: {} }),
      await as('PUT', 'subscriptions/mail', { topic: names.topic, pushConfig }),
      await as('GET', 'subscriptions/mail'),
    ].map(({ status }) => status)
    expect(statuses).toContain(403)
  })

  it('say which words they do not know', async () => {
    const { google, project } = await startPipe()
    const { projectId } = project
    await expect(google.createServiceAccount({ projectId, permissions: ['topics.get'] })).rejects.toThrow('topics.get is not a permission')
    await expect(google.createServiceAccount({ projectId, roles: ['roles/everything'] })).rejects.toThrow('roles/everything')
  })

  it('have no key under the org policy, in Google’s words; older keys go on', async () => {
    const { sandbox, google, project, account } = await startPipe()
    const { projectId } = project
    google.setOrgPolicy(projectId, { disableServiceAccountKeyCreation: true })
    const keyless = await google.createServiceAccount({ projectId, name: 'keyless' })
    expect(() => keyless.keyJson()).toThrow('Key creation is not allowed on this service account.')
    expect(await tokenOf(sandbox, account)).toMatch(/^ya29\./)
    google.setOrgPolicy(projectId, { domainRestrictedSharing: true })
    await expect(google.createServiceAccount({ projectId, name: 'keyless' }).then((other) => other.keyJson())).rejects.toThrow(
      'iam.disableServiceAccountKeyCreation',
    )
    google.setOrgPolicy(projectId, { disableServiceAccountKeyCreation: false })
    expect((await google.createServiceAccount({ projectId, name: 'keyed-again' })).keyJson()).toContain('BEGIN PRIVATE KEY')
  })
})
