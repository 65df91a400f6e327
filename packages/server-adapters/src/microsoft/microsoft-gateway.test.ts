import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import { startSandbox } from '@tenantry/sandbox/node'
import { describeMicrosoftGateway } from '@tenantry/sdk/testing/contracts'
import { createMicrosoftGateway } from './index.ts'

const deadlineMs = 700
const createClock = () => createVirtualClock({ frozen: true, now: Date.now() })

/** A host that repeats what Graph asks it to repeat, and takes every notification. */
const deliver = async (request: Request) => {
  const token = new URL(request.url).searchParams.get('validationToken')
  return new Response(token, { status: token === null ? 202 : 200, headers: { 'content-type': 'text/plain' } })
}

describeMicrosoftGateway('createMicrosoftGateway in one process', {
  create: async () => {
    const clock = createClock()
    const world = createSandbox({ clock, deliver })
    const gateway = createMicrosoftGateway({ endpoints: world.microsoftEndpoints, fetch: world.fetch, clock, deadlineMs })
    return { gateway, world, deadlineMs, close: async () => undefined }
  },
})

describeMicrosoftGateway('createMicrosoftGateway over HTTP', {
  create: async () => {
    const clock = createClock()
    const { sandbox: world, stop: close } = await startSandbox({ clock, deliver, port: 0 })
    const gateway = createMicrosoftGateway({ endpoints: world.microsoftEndpoints, clock, deadlineMs })
    return { gateway, world, deadlineMs, close }
  },
})
