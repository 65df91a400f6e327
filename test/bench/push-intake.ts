import { createPublicKey, verify } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import pg from 'pg'
import { createTenantry, gmail } from '@tenantry/sdk'
import { createMemoryKeys, createMemorySecrets, createManualJobs } from '@tenantry/sdk/testing'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { median, spread } from './figure.ts'
import type { Figure } from './figure.ts'

const rounds = 5
const pushes = 2000
const parallel = 32
const key = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const audience = `https://app.example.com/api/email/webhooks/google/${key}`
const signer = 'push@acme-mail-1.iam.gserviceaccount.com'
const subscription = 'projects/acme-mail-1/subscriptions/s'

/** The whole intake (verify, dedupe, insert, sync request, task) against the bare machine: one crypto.verify and one insert. */
export async function benchPushIntake(): Promise<Figure[]> {
  const server = await startPostgres()
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }
  const now = Math.floor(Date.now() / 1000)
  const claims = { email: signer, email_verified: true, azp: '1', sub: '1' }
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer('https://accounts.google.com')
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + 3600)
    .sign(privateKey)
  const ours: number[] = []
  const bare: number[] = []
  const intake = await createIntake(server.connectionString, jwk, token)
  const limit = await createLimit(server.connectionString, jwk, token)
  for (let round = 0; round <= rounds; round += 1) {
    const rates = [await rateOf((at) => intake.push(round * pushes + at)), await rateOf((at) => limit.push(round * pushes + at))]
    // The first round warms both up.
    if (round > 0) ours.push(rates[0] ?? 0)
    if (round > 0) bare.push(rates[1] ?? 0)
  }
  await intake.close()
  await limit.close()
  await server.stop()
  return [
    {
      title: 'push intake (verify RS256, dedupe, insert, request a sync) against bare verify + insert, PostgreSQL',
      ratio: median(ours) / median(bare),
      goal: '>= 0.5',
      detail: `${spread(ours, 'pushes/s')} against ${spread(bare, 'pushes/s')}, ${rounds} rounds of ${pushes}, ${parallel} at once`,
    },
  ]
}

async function createIntake(connectionString: string, jwk: JWK, token: string) {
  const pool = new pg.Pool({ connectionString, max: 10 })
  const store = createPostgresStore({ pool })
  await store.migrate()
  const crypto = createNodeCrypto()
  const sdk = createTenantry({
    baseUrl: 'https://app.example.com',
    environment: 'bench',
    store,
    secrets: createMemorySecrets(),
    keys: createMemoryKeys(),
    jobs: createManualJobs(),
    crypto,
    authorize: () => true,
    fetch: () => Promise.resolve(Response.json({ keys: [jwk] })),
    providers: { gmail: gmail({ google: createGoogleGateway({ crypto, clock: { now: () => Date.now() } }) }) },
  })
  await store.pushEndpoints.put({
    tenantId: 'acme',
    vendor: 'google',
    key,
    topic: 'projects/acme-mail-1/topics/t',
    subscription,
    audience,
    signer,
    createdAt: Date.now(),
    verifiedAt: null,
    journal: null,
    lastReceivedAt: null,
    malformed: 0,
  })
  for (let at = 0; at < 50; at += 1) await store.connections.insert(connection(at))
  const headers = new Headers({ authorization: `Bearer ${token}` })
  return {
    push: async (at: number) => void (await sdk.push.receive({ path: '/api/email/webhooks/google', key, headers, body: bodyOf(at) })),
    close: async () => {
      await store.close()
      await pool.end()
    },
  }
}

async function createLimit(connectionString: string, jwk: JWK, token: string) {
  const pool = new pg.Pool({ connectionString, max: 10 })
  await pool.query(
    'create table bare_inbox (tenant_id text, connection_id text, dedupe_key text, received_at bigint, primary key (tenant_id, connection_id, dedupe_key))',
  )
  const publicKey = createPublicKey({ key: jwk as never, format: 'jwk' })
  const [head = '', body = '', signature = ''] = token.split('.')
  return {
    push: async (at: number) => {
      if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
        throw new Error('the token does not verify')
      await pool.query('insert into bare_inbox values ($1, $2, $3, $4) on conflict do nothing', [
        'acme',
        `c${at % 50}`,
        String(at),
        Date.now(),
      ])
    },
    close: () => pool.end(),
  }
}

async function rateOf(push: (at: number) => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < pushes) {
      next += 1
      await push(next)
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return pushes / ((performance.now() - startedAt) / 1000)
}

function bodyOf(at: number): Uint8Array {
  const data = Buffer.from(JSON.stringify({ emailAddress: `m${at % 50}@acme.test`, historyId: at })).toString('base64')
  return new TextEncoder().encode(JSON.stringify({ subscription, message: { data, messageId: String(at) } }))
}

function connection(at: number) {
  const now = Date.now()
  return {
    tenantId: 'acme',
    id: `c${at}`,
    provider: 'gmail',
    ownerUserId: 'dana',
    ownerName: null,
    name: `m${at}`,
    settings: {},
    account: { subject: `${at}`, address: `m${at}@acme.test` },
    status: 'connected' as const,
    reason: null,
    reasonValues: {},
    statusSince: now,
    delivery: 'push' as const,
    deliveryReason: null,
    grantedScopes: [],
    appVersion: null,
    createdAt: now,
    updatedAt: now,
    lastSyncAt: null,
    lastPushAt: null,
    lastItemAt: null,
    nextAttemptAt: null,
    failures: 0,
    version: 1,
    generation: 1,
  }
}
