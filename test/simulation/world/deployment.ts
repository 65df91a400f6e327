import type { Sandbox } from '@tenantry/sandbox'
import { microsoftSharedMailbox } from '@tenantry/sdk'
import type { EventHandlers } from '@tenantry/sdk'
import type { Clock, Fetch, JobRunner, MailComposer, Random, Store } from '@tenantry/sdk/ports'
import { createMemoryKeys, createMemorySecrets, createSeededRandom, createTestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createMailComposer } from '@tenantry/server-adapters/mail/compose'
import { createMicrosoftGateway } from '@tenantry/server-adapters/microsoft'
import { createMortal } from '../../faults/mortal.ts'
import type { Chance } from '../chance.ts'
import type { Rules } from '../invariants/rules.ts'
import type { SimulationOptions } from '../simulation-options.ts'
import { createCryptoPort } from '../time/crypto-port.ts'
import type { OneAtATime } from '../time/install.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { SimulatedTenantry } from './simulated-tenantry.ts'
import type { Wire } from './wire.ts'
import { createWorker } from './worker.ts'
import type { Worker } from './worker.ts'

export interface Deployment {
  /** Where people's requests are served; it does no upkeep. */
  readonly front: SimulatedTenantry
  readonly workers: readonly Worker[]
}

interface DeploymentParts {
  readonly options: Required<SimulationOptions>
  readonly sandbox: Sandbox
  readonly store: Store
  readonly time: VirtualTime
  readonly threads: OneAtATime
  readonly chance: Chance
  readonly wire: Wire
  readonly rules: Rules
  readonly on: EventHandlers
  readonly ticks: () => number
}

/** Several processes of one host, on one store, one set of keys and one of secrets. */
export function createDeployment({ options, sandbox, store, time, threads, chance, wire, rules, on, ticks }: DeploymentParts): Deployment {
  const crypto = createCryptoPort()
  const shared = { sandbox, on, crypto, keys: createMemoryKeys(), secrets: createMemorySecrets({ now: () => time.now() }) }
  const composer = inTurn(createMailComposer(), threads)
  const workers: Worker[] = []
  const jobs: JobRunner = {
    start: async () => undefined,
    wake: () => workers[chance.between(0, workers.length - 1)]?.wake(),
    stop: async () => undefined,
  }
  const { telemetry, logger } = rules.ears
  const newRandom = (): Random => createSeededRandom(chance.between(0, 2 ** 31))

  const start = (process: { readonly clock: Clock; readonly fetch: Fetch; readonly store: Store }): SimulatedTenantry => {
    const { clock, fetch } = process
    const google = createGoogleGateway({ endpoints: sandbox.endpoints, fetch, crypto, clock })
    const microsoft = createMicrosoftGateway({ endpoints: sandbox.microsoftEndpoints, fetch, clock })
    const sharedMailbox = microsoftSharedMailbox({ microsoft, mail: { composer } })
    return createTestTenantry({
      ...shared,
      ...process,
      google,
      providers: {
        sharedMailbox: { ...sharedMailbox, reconcileEveryMs: { ...sharedMailbox.reconcileEveryMs, polling: options.pollEveryMs } },
      },
      jobs,
      telemetry,
      logger,
      random: newRandom(),
      lookEveryMs: options.lookEveryMs,
    })
  }

  for (let number = 1; number <= options.workers; number += 1) {
    const name = `worker-${number}`
    let lives = 0
    const worker = createWorker({
      name,
      time,
      chance: chance.fork(name),
      tickMs: options.tickMs,
      ticks,
      failed: (error) => rules.threw(error),
      begin: (self, diesAt, onDeath) => {
        const skewMs = (): number => self().skewMs
        const clock = { now: () => time.now() + skewMs() }
        const life = `${name}/${(lives += 1)}`
        const whole = { store, fetch: wire.fetchFor({ worker: name, life, skewMs }) }
        if (diesAt === null) return { tenantry: start({ clock, ...whole }), isDead: () => false }
        const mortal = createMortal(whole, { step: diesAt, when: chance.happens(0.5) ? 'before' : 'after' }, () => {
          rules.died(life)
          onDeath()
        })
        return { tenantry: start({ clock, store: mortal.store, fetch: mortal.fetch }), isDead: mortal.isDead }
      },
    })
    workers.push(worker)
  }
  return { front: start({ clock: time, store, fetch: wire.fetchFor({ worker: 'front', life: 'front', skewMs: () => 0 }) }), workers }
}

/** Nodemailer writes in streams, which take turns of the event loop and no virtual time. */
const inTurn = ({ compose }: MailComposer, threads: OneAtATime): MailComposer => ({
  compose: (message, options) => threads.run(() => compose(message, options)),
})
