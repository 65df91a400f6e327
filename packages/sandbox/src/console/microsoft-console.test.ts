import { describe, expect, it } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'
import { json } from '../testing/start-tenant.ts'

const ORIGIN = 'http://localhost:4010'

function startConsole() {
  const sandbox = createSandbox()
  const call = (path: string, body: object) =>
    sandbox.fetch(
      new Request(`${ORIGIN}/console${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    )
  const submit = async (path: string, fields: Record<string, string>) => {
    const response = await sandbox.fetch(new Request(`${ORIGIN}/console${path}`, { method: 'POST', body: new URLSearchParams(fields) }))
    expect([path, response.status]).toEqual([path, 303])
    return response.headers.get('location')
  }
  const page = async () => (await sandbox.fetch(new Request(`${ORIGIN}/`))).text()
  return { sandbox, call, submit, page }
}

describe('Microsoft on the console page', () => {
  it('sets up an organization, as a program does', async () => {
    const { sandbox, call } = startConsole()
    const { directoryId } = await json<{ directoryId: string }>(await call('/directories', { domain: 'acme.test' }))
    const redirectUris = ['https://a.test/cb']
    const app = await json<{ clientId: string; clientSecret: string; secretId: string }>(
      await call(`/directories/${directoryId}/apps`, { redirectUris }),
    )
    expect(app.clientSecret).toMatch(/^EXAMPLE_/)
    await call('/users', { address: 'agent@acme.test', name: 'Alex', admin: true })
    await call('/shared-mailboxes', { address: 'sales@acme.test' })
    await call('/shared-mailboxes/sales@acme.test/access', { to: 'agent@acme.test', fullAccess: true })
    const access = sandbox.snapshot().microsoft.recipients[1]?.rights
    expect(access).toMatchObject([{ fullAccess: true, sendAs: false, sendOnBehalf: false }])
    const overview = await json<object>(await sandbox.fetch(new Request(`${ORIGIN}/console/microsoft`)))
    expect(overview).toMatchObject({
      directories: [{ directoryId, domain: 'acme.test' }],
      apps: [{ clientId: app.clientId, redirectUris }],
      recipients: [{ address: 'agent@acme.test' }, { address: 'sales@acme.test', kind: 'shared' }],
    })
    expect((await call('/users', { address: 'nobody@elsewhere.test' })).status).toBe(400)
  })

  it('does the same with forms, and shows what came of it', async () => {
    const { sandbox, submit, page } = startConsole()
    await submit('/directories', { domain: 'acme.test' })
    const [directory] = sandbox.snapshot().microsoft.directories
    const path = `/directories/${directory?.directoryId}`
    await submit(`${path}/apps`, { redirectUris: 'https://a.test/cb' })
    await submit(`${path}/policy`, { userConsent: 'admin_only' })
    await submit(`${path}/policy`, { signIn: 'mfa_required' })
    await submit(`${path}/policy`, { smtpAuth: 'false' })
    expect(sandbox.snapshot().microsoft.directories).toMatchObject([{ userConsent: 'admin_only', signIn: 'mfa_required', smtpAuth: false }])
    await submit('/users', { address: 'agent@acme.test', admin: 'on' })
    expect(await submit('/shared-mailboxes', { address: 'sales@acme.test' })).toBe('/#box-sales@acme.test')
    await submit('/shared-mailboxes/sales@acme.test/access', { to: 'agent@acme.test', fullAccess: 'on', sendAs: 'on' })
    await submit('/microsoft-mailboxes/sales@acme.test/messages', { from: 'kim@x.test', subject: 'Ten <printers>', text: 'x' })
    const shown = await page()
    expect(shown).toContain('Ten &lt;printers&gt;')
    expect(shown).toContain('<input type="checkbox" name="fullAccess" checked')
    expect(shown).not.toContain('<input type="checkbox" name="sendOnBehalf" checked')
    const app = () => sandbox.snapshot().microsoft.apps[0]
    await submit(`/apps/${app()?.clientId}/secrets`, {})
    const [first, second] = app()?.secrets ?? []
    expect(await page()).toContain(second?.value)
    await submit(`/apps/${app()?.clientId}/secrets/${first?.secretId}/remove`, {})
    expect(app()?.secrets).toEqual([second])
    await submit('/users/agent@acme.test/revoke-sessions', {})
    expect(sandbox.snapshot().microsoft.recipients[0]?.sessionsRevokedAt).not.toBeNull()
    await submit(`/apps/${app()?.clientId}/delete`, {})
    expect(app()?.deleted).toBe(true)
    await submit('/faults', { preset: 'entra-revoked' })
    const { login } = sandbox.microsoftEndpoints.global
    const refused = await sandbox.fetch(new Request(`${login}/acme.test/oauth2/v2.0/token`, { method: 'POST' }))
    expect(await json(refused)).toMatchObject({ error: 'invalid_grant', error_codes: [50173] })
  })
})
