import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { microsoftSharedMailbox } from '@tenantry/sdk'
import type { SharedMailboxProvider } from '@tenantry/sdk'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { MailTransports } from '@tenantry/sdk/ports'
import { createTestTenantry } from '@tenantry/sdk/testing'
import type { TestTenantry, TestTenantryOptions } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createMicrosoftGateway } from '@tenantry/server-adapters/microsoft'
import { start } from './create-world.ts'

export type MicrosoftProviders = { readonly sharedMailbox: SharedMailboxProvider }

export interface MicrosoftWorld extends TestTenantry<MicrosoftProviders> {
  readonly sandbox: Sandbox
}

export interface MicrosoftWorldOptions extends Partial<Omit<TestTenantryOptions<MicrosoftProviders>, 'sandbox' | 'google' | 'providers'>> {
  /** Default: transports whose servers never answer. */
  readonly mail?: MailTransports
}

const unanswered = (operation: string) => (): Promise<never> =>
  Promise.reject(new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 0 }))
const [imap, smtp] = [unanswered('imap.connect'), unanswered('smtp.connect')]

/** Transports that can be offered, and whose servers never answer. */
export const silentMail: Required<MailTransports> = {
  composer: { compose: () => Promise.reject(new Error('nothing is sent in this world')) },
  imap: { examine: imap, list: imap, fetch: imap, watch: imap, keepSent: imap },
  smtp: { probe: smtp, send: smtp },
  relay: { name: 'LeadMail', send: unanswered('relay.send') },
}

/** The sdk with shared mailboxes, on memory adapters against the sandbox, on a clock that only the test moves. */
export function createMicrosoftWorld({ mail = silentMail, ...options }: MicrosoftWorldOptions = {}): MicrosoftWorld {
  const deliver = (request: Request): Promise<Response> => world.receivePush(request)
  const sandbox = createSandbox({ clock: createVirtualClock({ now: start, frozen: true }), deliver })
  const wire = { fetch: (request: Request) => sandbox.fetch(request), clock: sandbox.clock }
  const google = createGoogleGateway({ ...wire, endpoints: sandbox.endpoints, crypto: createWebCrypto() })
  const microsoft = createMicrosoftGateway({ ...wire, endpoints: sandbox.microsoftEndpoints })
  const providers = { sharedMailbox: microsoftSharedMailbox({ microsoft, mail }) }
  const world: MicrosoftWorld = { ...createTestTenantry({ sandbox, google, providers, ...options }), sandbox }
  return world
}
