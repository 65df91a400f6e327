import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPubSubEmulator, startPubSubEmulator, startSandbox } from '@tenantry/sandbox/node'
import type { Clock, GoogleEndpoints, MicrosoftGateway } from '@tenantry/sdk/ports'
import { openPort } from './open-port.ts'
import type { Config } from './read-config.ts'
import { seedMicrosoft } from './seed-microsoft.ts'

/** The Google and the Microsoft that the helpdesk talks to. */
export interface Vendors {
  /** Absent: the real ones. */
  readonly endpoints?: { readonly google: GoogleEndpoints; readonly microsoft: MicrosoftGateway['endpoints'] }
  /** Whether the helpdesk offers Microsoft 365 at all. */
  readonly hasMicrosoft: boolean
  /** The sandbox can move time; everything has to agree on it. */
  readonly clock: Clock
  /** Where vendors post notifications, when that is not the helpdesk's own address. */
  readonly pushUrl?: string
  /** `null`: the vendors themselves. */
  readonly sandbox: { readonly origin: string; readonly pubsub: 'emulator' | 'builtin' } | null
  stop(): Promise<void>
}

/** Vendors post to https only: this name stands for a development tunnel, which the sandbox resolves. */
const tunnel = 'https://helpdesk.tunnel.test'

/** The vendors themselves, or the sandbox with all that it had when it was stopped. @throws StartProblem */
export async function startVendors(
  config: Config,
  { origin: helpdeskOrigin, baseUrl }: { origin: string; baseUrl: string },
): Promise<Vendors> {
  const { hasMicrosoft } = config
  if (config.sandbox === null) return { hasMicrosoft, clock: { now: () => Date.now() }, sandbox: null, stop: async () => undefined }
  const { port: wanted, emulator: wantsEmulator } = config.sandbox
  const emulator = wantsEmulator && (await findPubSubEmulator()) !== null ? await startPubSubEmulator() : null
  const wish = { name: 'The sandbox', variable: 'SANDBOX_PORT', wanted, first: 4010 }
  const stateFile = join(config.dataFolder, 'sandbox.json')
  const isFirst = !existsSync(stateFile)
  const options = {
    stateFile,
    network: { [tunnel]: helpdeskOrigin },
    pubsub: emulator === null ? ('builtin' as const) : { emulator: emulator.url },
  }
  try {
    const { sandbox, origin, stop } = await openPort(wish, (port) => startSandbox({ ...options, port }))
    // The technician's own, beside the sandbox's first accounts.
    if (isFirst) sandbox.google.createAccount({ address: 'toni@acme.test', name: 'Toni' })
    if (hasMicrosoft) seedMicrosoft(sandbox, baseUrl)
    // The emulator remembers nothing: its topics are being made anew, and what is sent before that is lost.
    await sandbox.settled()
    return {
      endpoints: { google: sandbox.endpoints, microsoft: sandbox.microsoftEndpoints },
      hasMicrosoft,
      clock: sandbox.clock,
      pushUrl: tunnel,
      sandbox: { origin, pubsub: emulator === null ? 'builtin' : 'emulator' },
      stop: async () => {
        await stop()
        await emulator?.stop()
      },
    }
  } catch (error) {
    await emulator?.stop()
    throw error
  }
}
