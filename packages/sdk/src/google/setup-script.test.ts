import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { googlePushNames } from '../vendors/google/names.ts'
import { createGoogleApp, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import { writeGcloudScript } from './write-gcloud-script.ts'

/** Runs a script in bash with a gcloud that notes its arguments, one call a line, tab-separated, and finds what `exists` says. */
function run(script: string, exists: readonly string[] = [], failing = ''): { status: number | null; calls: string[][] } {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-script-'))
  const log = join(folder, 'calls')
  const gcloud = `#!/bin/bash
printf '%s\\t' "$@" >> '${log}'
printf '\\n' >> '${log}'
if [ -n '${failing}' ] && [ "$1 $2 $3" = '${failing}' ]; then exit 1; fi
if [ "$1 $2" = 'projects describe' ]; then echo 123456789012; fi
if [ "$3" = describe ]; then
  for name in ${exists.map((name) => `'${name}'`).join(' ')}; do [ "$2 $4" = "$name" ] && exit 0; done
  exit 1
fi
exit 0
`
  writeFileSync(join(folder, 'gcloud'), gcloud)
  chmodSync(join(folder, 'gcloud'), 0o755)
  writeFileSync(log, '')
  const { status } = spawnSync('/bin/bash', [], { input: script, env: { PATH: `${folder}:/usr/bin:/bin` } })
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').slice(0, -1))
  rmSync(folder, { recursive: true })
  return { status, calls }
}

const verbOf = (call: readonly string[]): string =>
  call.slice(0, call.findIndex((word) => /^(describe|create|update|enable|add-iam-policy-binding|publish)$/.test(word)) + 1).join(' ')

async function setUp(): Promise<{ world: World; script: string; names: ReturnType<typeof googlePushNames>; projectId: string }> {
  const world = createWorld()
  const { projectId } = await setUpGoogle(world)
  const { script } = await world.sdk.google.setupScript({ principal })
  const { key = '' } = (await world.store.pushEndpoints.get('acme', 'google')) ?? {}
  return { world, script, projectId, names: googlePushNames({ projectId, environment: 'test', pushUrl: 'https://app.example.com', key }) }
}

const short = (name: string): string => name.split('/').at(-1) ?? ''

describe('the setup script', () => {
  it('in an empty project makes exactly what provisioning would, and publishes a test', async () => {
    const { script, names, projectId } = await setUp()
    const { status, calls } = run(script)
    expect(status).toBe(0)
    expect(calls.map(verbOf)).toEqual([
      'services enable',
      'pubsub topics describe',
      'pubsub topics create',
      'pubsub topics add-iam-policy-binding',
      'iam service-accounts describe',
      'iam service-accounts create',
      'projects describe',
      'beta services identity create',
      'iam service-accounts add-iam-policy-binding',
      'pubsub subscriptions describe',
      'pubsub subscriptions create',
      'pubsub subscriptions update',
      'pubsub topics publish',
    ])
    const find = (verb: string): string[] => calls.find((call) => verbOf(call) === verb) ?? []
    expect(find('services enable').slice(2, -1).toSorted()).toEqual([
      'calendar-json.googleapis.com',
      'gmail.googleapis.com',
      'iam.googleapis.com',
      'pubsub.googleapis.com',
    ])
    expect(find('pubsub topics add-iam-policy-binding').slice(3)).toEqual([
      short(names.topic),
      `--project=${projectId}`,
      '--member=serviceAccount:gmail-api-push@system.gserviceaccount.com',
      '--role=roles/pubsub.publisher',
    ])
    expect(find('iam service-accounts add-iam-policy-binding').slice(3)).toEqual([
      `tenantry-push@${projectId}.iam.gserviceaccount.com`,
      `--project=${projectId}`,
      '--member=serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com',
      '--role=roles/iam.serviceAccountTokenCreator',
      '--condition=None',
    ])
    const subscription = [
      short(names.subscription),
      `--project=${projectId}`,
      `--push-endpoint=${names.endpoint}`,
      `--push-auth-service-account=tenantry-push@${projectId}.iam.gserviceaccount.com`,
      `--push-auth-token-audience=${names.endpoint}`,
      '--expiration-period=never',
      '--ack-deadline=60',
      '--message-retention-duration=7d',
      '--min-retry-delay=10s',
      '--max-retry-delay=600s',
    ]
    expect(find('pubsub subscriptions create').slice(3).toSorted()).toEqual([...subscription, `--topic=${short(names.topic)}`].toSorted())
    expect(find('pubsub subscriptions update').slice(3)).toEqual(subscription)
    expect(calls.at(-1)?.slice(3)).toEqual([short(names.topic), `--project=${projectId}`, '--message={"tenantry":"test"}'])
  })

  it('creates nothing that is there', async () => {
    const { script, names, projectId } = await setUp()
    const exists = [
      `topics ${short(names.topic)}`,
      `subscriptions ${short(names.subscription)}`,
      `service-accounts tenantry-push@${projectId}.iam.gserviceaccount.com`,
    ]
    const { status, calls } = run(script, exists)
    expect(status).toBe(0)
    expect(calls.map(verbOf).filter((verb) => verb.endsWith(' create') && verb !== 'beta services identity create')).toEqual([])
    expect(calls.map(verbOf)).toContain('pubsub subscriptions update')
  })

  it('ends where something fails, and leaves the shell that it was pasted into alive', async () => {
    const { script } = await setUp()
    const { status, calls } = run(`${script}gcloud still here now\n`, [], 'pubsub topics create')
    expect(status).toBe(0)
    expect(calls.map(verbOf).slice(0, 3)).toEqual(['services enable', 'pubsub topics describe', 'pubsub topics create'])
    expect(calls.slice(3)).toEqual([['still', 'here', 'now']])
  })

  it('takes the tenant’s own names, and makes no account in another project', async () => {
    const { world, projectId } = await setUp()
    const pushServiceAccount = 'pusher@other-project.iam.gserviceaccount.com'
    await world.sdk.google.save({
      principal,
      changes: { notifications: 'manual', topicName: `projects/${projectId}/topics/Mail.Events`, pushServiceAccount },
    })
    const { calls } = run((await world.sdk.google.setupScript({ principal })).script)
    expect(calls.find((call) => verbOf(call) === 'pubsub topics create')?.[3]).toBe('Mail.Events')
    expect(calls.map(verbOf)).not.toContain('iam service-accounts create')
    expect(calls.find((call) => verbOf(call) === 'pubsub subscriptions create')).toContain(
      `--push-auth-service-account=${pushServiceAccount}`,
    )
  })

  it('enables only what is used', () => {
    const names = googlePushNames({
      projectId: 'acme-mail-1',
      environment: 'test',
      pushUrl: 'https://app.example.com',
      key: 'K'.repeat(32),
    })
    const script = writeGcloudScript({
      projectId: 'acme-mail-1',
      names,
      pushAccount: 'a@acme-mail-1.iam.gserviceaccount.com',
      services: ['gmail'],
    })
    expect(script).not.toContain('calendar')
  })

  it('leaves nothing to the shell, whatever the names are', () => {
    const hostile = `x'; touch owned; $(id) \`id\` "\\`
    const names = { ...googlePushNames({ projectId: hostile, environment: 'test', pushUrl: hostile, key: hostile, topicName: hostile }) }
    const { status, calls } = run(writeGcloudScript({ projectId: hostile, names, pushAccount: hostile, services: ['gmail'] }))
    expect(status).toBe(0)
    expect(calls.find((call) => verbOf(call) === 'pubsub topics create')).toEqual([
      'pubsub',
      'topics',
      'create',
      hostile,
      `--project=${hostile}`,
    ])
    expect(calls.every(([first]) => first !== 'id')).toBe(true)
  })

  it('says no secret, and the same each time', async () => {
    const { world, script } = await setUp()
    expect(script).not.toMatch(/EXAMPLE_|PRIVATE KEY/)
    expect((await world.sdk.google.setupScript({ principal })).script).toBe(script)
  })

  it('needs a project', async () => {
    expect(await codeOf(createWorld().sdk.google.setupScript({ principal }))).toBe('google_not_configured')
  })
})

describe('names for notifications by hand', () => {
  const save = (world: World, changes: Parameters<World['sdk']['google']['save']>[0]['changes']) =>
    world.sdk.google.save({ principal, changes })

  it('are saved, shown, kept by other saves, and cleared by null', async () => {
    const { world, projectId } = await setUp()
    const own = { topicName: `projects/${projectId}/topics/mail`, pushServiceAccount: 'pusher@acme-mail-1.iam.gserviceaccount.com' }
    expect((await save(world, own)).provisioning).toMatchObject({ topicName: 'mail', pushServiceAccount: own.pushServiceAccount })
    const manual = await save(world, { notifications: 'manual' })
    expect(manual.provisioning).toMatchObject({
      topicName: 'mail',
      names: { topic: own.topicName, pushServiceAccount: own.pushServiceAccount },
    })
    const cleared = await save(world, { topicName: null, pushServiceAccount: null })
    expect(cleared.provisioning).toMatchObject({
      topicName: null,
      pushServiceAccount: null,
      names: { pushServiceAccount: `tenantry-push@${projectId}.iam.gserviceaccount.com` },
    })
  })

  it.each([
    [{ topicName: 'no/good' }, 'topic_invalid'],
    [{ topicName: 'projects/another-project/topics/mail' }, 'pubsub_project_mismatch'],
    [{ pushServiceAccount: 'dana@acme.test' }, 'push_account_invalid'],
    [{ topicName: 'no/good', pushServiceAccount: 'dana@acme.test' }, 'invalid_input'],
  ])('%j is refused, and nothing is saved', async (changes, code) => {
    const { world } = await setUp()
    const { version } = await world.sdk.google.status({ principal })
    expect(await codeOf(save(world, { ...changes, notifications: 'manual' }))).toBe(code)
    expect(await world.sdk.google.status({ principal })).toMatchObject({ version, notifications: 'managed' })
  })

  it('are held against the project as it will be', async () => {
    const { world } = await setUp()
    const other = await createGoogleApp(world)
    const replace = (value: string) => ({ action: 'replace' as const, value })
    const changes = {
      projectId: replace(other.projectId),
      serviceAccountKey: replace(other.serviceAccountKey),
      topicName: `projects/${other.projectId}/topics/mail`,
    }
    expect((await save(world, changes)).provisioning).toMatchObject({ topicName: 'mail' })
  })
})
