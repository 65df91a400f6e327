import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import { findPubSubEmulator, startPubSubEmulator, startSandbox } from '@tenantry/sandbox/node'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { describeGoogleGateway } from '@tenantry/sdk/testing/contracts'
import { createGoogleGateway } from './index.ts'

const deadlineMs = 700
/** Java takes its time. */
const patientMs = 2000
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

const required = process.env['TENANTRY_REQUIRE_REAL'] === '1'
if (required || (await findPubSubEmulator()) !== null) {
  describeGoogleGateway('createGoogleGateway over HTTP, with Google’s own Pub/Sub emulator', {
    create: async () => {
      const clock = createClock()
      const emulator = await startPubSubEmulator()
      const { sandbox: world, stop } = await startSandbox({ clock, deliver, port: 0, pubsub: { emulator: emulator.url } })
      const gateway = createGoogleGateway({ endpoints: world.endpoints, crypto: createWebCrypto(), clock, deadlineMs: patientMs })
      const close = async () => {
        await stop()
        await emulator.stop()
      }
      return { gateway, world, deadlineMs: patientMs, close }
    },
  })
} else
  process.stderr.write(
    'SKIPPED: the gateway with Google’s Pub/Sub emulator, which is not installed (gcloud components install pubsub-emulator)\n',
  )
