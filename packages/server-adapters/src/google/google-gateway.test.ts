import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { describeGoogleGateway } from '../../../sdk/src/testing/contracts/google-gateway.ts'
import { createGoogleGateway } from './index.ts'

const deadlineMs = 700

describeGoogleGateway('createGoogleGateway', {
  create: async () => {
    const clock = createVirtualClock({ frozen: true, now: Date.now() })
    const world = createSandbox({ clock, deliver: async () => new Response(null, { status: 204 }) })
    const gateway = createGoogleGateway({ endpoints: world.endpoints, fetch: world.fetch, crypto: createWebCrypto(), clock, deadlineMs })
    return { gateway, world, deadlineMs }
  },
})
