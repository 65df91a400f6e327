import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import { startSandbox } from '@tenantry/sandbox/node'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { describeGoogleGateway } from '@tenantry/sdk/testing/contracts'
import { createGoogleGateway } from './index.ts'

const deadlineMs = 700
const deliver = async () => new Response(null, { status: 204 })
const createClock = () => createVirtualClock({ frozen: true, now: Date.now() })

describeGoogleGateway('createGoogleGateway in one process', {
  create: async () => {
    const clock = createClock()
    const world = createSandbox({ clock, deliver })
    const gateway = createGoogleGateway({ endpoints: world.endpoints, fetch: world.fetch, crypto: createWebCrypto(), clock, deadlineMs })
    return { gateway, world, deadlineMs, close: async () => undefined }
  },
})

describeGoogleGateway('createGoogleGateway over HTTP', {
  create: async () => {
    const clock = createClock()
    const { sandbox: world, stop: close } = await startSandbox({ clock, deliver, port: 0 })
    const gateway = createGoogleGateway({ endpoints: world.endpoints, crypto: createWebCrypto(), clock, deadlineMs })
    return { gateway, world, deadlineMs, close }
  },
})
