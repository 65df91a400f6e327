import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JWT } from 'google-auth-library'
import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../node.ts'
import type { RunningSandbox } from '../node.ts'

const open: RunningSandbox[] = []
const start = async (options: Parameters<typeof startSandbox>[0] = {}) => {
  const running = await startSandbox({ port: 0, ...options })
  open.push(running)
  return running
}
afterEach(async () => {
  for (const running of open.splice(0)) await running.stop()
})

describe('startSandbox', () => {
  it('serves Google over HTTP, with accounts to start with', async () => {
    const { origin, sandbox } = await start()
    expect(sandbox.endpoints.token).toBe(`${origin}/oauth2.googleapis.com/token`)
    expect(await (await fetch(`${origin}/console/accounts`)).json()).toMatchObject({
      accounts: [{ address: 'support@acme.test' }, { address: 'dana@acme.test' }, { address: 'help@globex.test' }],
    })
    expect((await fetch(sandbox.endpoints.jwks)).headers.get('cache-control')).toContain('max-age')
    expect(await (await fetch(origin)).text()).toContain('Sandbox: Google Cloud Console')
  })

  it('breaks the connection when a fault says so', async () => {
    const { sandbox } = await start()
    sandbox.faults.add({ kind: 'reset', times: 1 })
    await expect(fetch(sandbox.endpoints.jwks)).rejects.toThrow('fetch failed')
    expect((await fetch(sandbox.endpoints.jwks)).status).toBe(200)
  })

  it('keeps its state in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const stateFile = join(folder, 'deep', 'google.json')
    const first = await start({ stateFile })
    const { projectId } = first.sandbox.google.createProject()
    await first.stop()
    expect(JSON.parse(await readFile(stateFile, 'utf8')).projects).toHaveLength(1)
    const second = await start({ stateFile })
    expect(second.sandbox.snapshot().projects.map((project) => project.projectId)).toEqual([projectId])
    expect(second.sandbox.snapshot().accounts).toHaveLength(3)
    await second.stop()
    open.length = 0
    await rm(folder, { recursive: true })
  })

  it('refuses a file of another version instead of crashing on it later', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const stateFile = join(folder, 'google.json')
    await writeFile(stateFile, JSON.stringify({ version: 2, accounts: [] }))
    await expect(start({ stateFile })).rejects.toThrow('not a saved sandbox of this version; delete it to start anew')
    await rm(folder, { recursive: true })
  })

  it('issues keys that Google’s own library can sign with', async () => {
    const { sandbox, origin } = await start()
    const { projectId } = sandbox.google.createProject()
    const account = await sandbox.google.createServiceAccount({ projectId })
    const toSandbox: typeof fetch = (input, init) => fetch(String(input).replace('https://', `${origin}/`), init)
    const key = JSON.parse(account.keyJson())
    const client = new JWT({
      email: key.client_email,
      key: key.private_key,
      keyId: key.private_key_id,
      scopes: ['https://www.googleapis.com/auth/pubsub'],
      transporterOptions: { fetchImplementation: toSandbox },
    })
    const created = await client.request<{ name: string }>({
      url: `${sandbox.endpoints.pubsub}/projects/${projectId}/topics/mail`,
      method: 'PUT',
      data: {},
    })
    expect(created.data.name).toBe(`projects/${projectId}/topics/mail`)
  })
})
