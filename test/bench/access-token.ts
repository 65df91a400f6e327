import { createSandbox } from '@tenantry/sandbox'
import { connectGmail, createTestTenantry, setUpGoogle } from '@tenantry/sdk/testing'
import { createNodeCrypto } from '@tenantry/server-adapters/crypto/node'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { median, spread } from './figure.ts'
import type { Figure } from './figure.ts'

const rounds = 7
const calls = 1_000_000

/** The only door to a token, while the token in hand is good: what every call to a vendor pays. */
export async function benchAccessToken(): Promise<Figure[]> {
  const sandbox = createSandbox({})
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createNodeCrypto(),
    clock: sandbox.clock,
  })
  const world = createTestTenantry({ sandbox, google })
  sandbox.google.createAccount({ address: 'support@acme.test' })
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  const client = await world.sdk.gmail.client({ connectionId })
  const rates: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const startedAt = performance.now()
    for (let at = 0; at < calls; at += 1) await client.accessToken()
    if (round > 0) rates.push(calls / ((performance.now() - startedAt) / 1000))
  }
  return [
    {
      title: 'a cached access token: calls a second on one core against 1,000,000',
      ratio: median(rates) / 1_000_000,
      goal: '>= 1',
      detail: `${spread(rates, 'calls/s')}, ${rounds} rounds of ${calls}, one after the other`,
    },
  ]
}
