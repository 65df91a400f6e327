import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { createOpenTelemetry } from '@tenantry/server-adapters/telemetry/opentelemetry'
import { connectCalendar, connectGmail, setUpGoogle, signIn } from '@tenantry/sdk/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'
import { codeOf } from './expectations.ts'

const principal = { tenantId: 'EXAMPLE_tenant', userId: 'EXAMPLE_user', displayName: 'EXAMPLE_display' }
const address = 'support@acme.test'
const hour = 60 * 60_000

function createObserved() {
  const spans = new InMemorySpanExporter()
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] })
  const world = createWorld({
    telemetry: createOpenTelemetry({ tracerProvider, meterProvider }),
    on: {
      'message.received': ({ message }) => {
        if (message.subject === 'EXAMPLE_poison') throw new Error(`EXAMPLE_handler failed on ${message.subject}`)
      },
    },
  })
  return {
    world,
    async observed() {
      await meterProvider.forceFlush()
      const told = spans
        .getFinishedSpans()
        .map(({ name, attributes, status, events, links }) => ({ name, attributes, status, events, links }))
      return {
        spans: told,
        metrics:
          metrics
            .getMetrics()
            .at(-1)
            ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [],
        // As the sdk hands them to a logger, before anybody could have cleaned them.
        lines: world.logger.lines,
      }
    },
  }
}

const mail = (subject: string) => ({ from: 'EXAMPLE_customer@elsewhere.test', subject, text: 'EXAMPLE_text' })

/** Everything that can go well, and much that can go wrong, with words from outside that may be repeated nowhere. */
async function live(world: World): Promise<void> {
  const { sdk, sandbox } = world
  const { clientId } = await setUpGoogle(world, { principal })
  const connectionId = await connectGmail(world, { principal, address, name: 'EXAMPLE_name' })
  await connectCalendar(world, { principal, name: 'EXAMPLE_calendar' })
  await sdk.gmail.update({ principal, connectionId, changes: { name: 'EXAMPLE_renamed' } })
  sandbox.google.deliverMail(address, mail('EXAMPLE_subject'))
  sandbox.google.deliverMail(address, mail('EXAMPLE_poison'))
  await world.settle()
  await sdk.google.test({ principal })
  await sdk.gmail.diagnose({ principal, connectionId })
  await sdk.google.setupScript({ principal })
  expect(await codeOf(sdk.gmail.get({ principal, connectionId: 'EXAMPLE_other' }))).toBe('not_found')
  expect(
    await codeOf(sdk.push.receive({ path: '/EXAMPLE_path', key: 'EXAMPLE_key', headers: new Headers(), body: new Uint8Array() })),
  ).toBe('not_found')

  // Google notifies once a second at most.
  await sandbox.clock.advance(2_000)
  sandbox.faults.add({ delivery: 'pubsub', kind: 'bad-signature', times: 2 })
  sandbox.google.deliverMail(address, mail('EXAMPLE_forged'))
  await world.settle()
  sandbox.faults.clear()

  const body = JSON.stringify({ error: 'EXAMPLE_error', error_description: 'EXAMPLE_description' })
  sandbox.faults.add({ operation: 'oauth.token', kind: 'status', status: 400, body, times: 1 })
  sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 500, body, times: 2 })
  for (let round = 0; round < 3; round += 1) {
    await sandbox.clock.advance(2 * hour)
    await world.settle()
  }
  sandbox.faults.clear()

  sandbox.google.revokeGrant(address, clientId)
  for (let round = 0; round < 3; round += 1) {
    await sandbox.clock.advance(2 * hour)
    await world.settle()
  }
  const begun = await sdk.gmail.reconnect({ principal, connectionId })
  await signIn(world, begun, { address, principal, deny: true })
  sandbox.faults.add({ operation: 'oauth.revoke', kind: 'status', status: 500, body })
  await sdk.gmail.disconnect({ principal, connectionId })
  await world.settle()
}

/** All that Google gave out or was given in confidence. */
function secretsOf(world: World): string[] {
  const { accessTokens, refreshTokens, codes, clients, serviceAccounts } = world.sandbox.snapshot()
  const keys = JSON.stringify(serviceAccounts).match(/[A-Za-z0-9+/_-]{60,}/g) ?? []
  const tokens = [...accessTokens, ...refreshTokens].map(({ token }) => token)
  const stated = world.sandbox.requests.flatMap(({ headers, body }) => [
    headers['authorization'],
    ...['code', 'code_verifier', 'assertion', 'client_secret'].map((name) => new URLSearchParams(body).get(name)),
  ])
  const secrets = [...keys, ...tokens, ...codes.map(({ code }) => code), ...clients.flatMap((client) => client.secrets), ...stated]
  return [...new Set(secrets.filter((secret) => typeof secret === 'string' && secret.length > 8))] as string[]
}

describe('a life with everything in it', () => {
  const { world, observed } = createObserved()
  let told: Awaited<ReturnType<typeof observed>>
  let secrets: string[]

  beforeAll(async () => {
    await live(world)
    told = await observed()
    secrets = secretsOf(world)
  })

  it('is told of in spans, metrics and lines', () => {
    expect(secrets.length).toBeGreaterThan(10)
    expect(new Set(told.spans.map(({ name }) => name))).toEqual(
      new Set([
        ...['connect', 'update', 'diagnose', 'get', 'reconnect', 'disconnect'].map((verb) => `tenantry.gmail.${verb}`),
        ...['save', 'test', 'setupScript'].map((verb) => `tenantry.google.${verb}`),
        'tenantry.calendar.connect',
        'tenantry.flows.complete',
        'tenantry.push.receive',
        'tenantry.maintenance.sweep',
      ]),
    )
    expect(told.metrics.map(({ descriptor }) => descriptor.name)).toEqual(
      expect.arrayContaining(['tenantry.verb.duration_ms', 'tenantry.push', 'tenantry.push_refused', 'tenantry.connection_status']),
    )
    expect(told.lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['event.failed', 'push.refused', 'grant.revoke_failed']))
  })

  it.each(['spans', 'metrics', 'lines'] as const)('shows no secret in its %s', (kind) => {
    const text = JSON.stringify(told[kind])
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })

  it.each(['spans', 'metrics'] as const)('shows neither tenant, person, address nor a word from outside in its %s', (kind) => {
    expect(JSON.stringify(told[kind]).match(/EXAMPLE\w*|[^"]*@[^"]*|acme/g)).toBeNull()
  })

  it('shows in its lines which tenant it is, but neither person, address nor a word from outside', () => {
    const lines = told.lines.map(({ event, fields }) => [event, Object.entries(fields).filter(([name]) => name !== 'tenantId')])
    expect(JSON.stringify(lines).match(/EXAMPLE\w*|[^"]*@[^"]*|acme/g)).toBeNull()
  })

  it('shows in its audit log ids and codes only', async () => {
    const { lines } = await world.sdk.audit.list({ tenantId: principal.tenantId, limit: 500 })
    const text = lines.map(({ actor, action, subject, outcome }) => [actor, action, subject, outcome].join(' '))
    expect(
      text.filter((line) => !/^(user:EXAMPLE_user|service) [a-z_.]+ (connection:[0-9a-f-]{36}|app:google) [a-z_]+$/.test(line)),
    ).toEqual([])
    expect(secrets.filter((secret) => text.join('\n').includes(secret))).toEqual([])
    expect(await world.sdk.audit.verify({ tenantId: principal.tenantId })).toMatchObject({ ok: true })
  })
})
