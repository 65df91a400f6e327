import type { Context } from './context.ts'
import type { Providers, TenantryOptions } from './tenantry-options.ts'
import { createEnvelope } from './crypto/envelope.ts'
import { createJwtVerifier } from './crypto/verify-jwt.ts'
import type { JwtVerifier } from './crypto/verify-jwt.ts'
import { createWebCrypto } from './crypto/web-crypto.ts'
import { parseBaseUrl } from './model/addresses.ts'
import { createKeyFinder } from './oauth/find-key.ts'
import type { Clock, Crypto, Fetch, GoogleGateway, MicrosoftGateway } from './ports/index.ts'
import type { AnyProvider } from './providers/provider.ts'
import { silentLogger } from './telemetry/silent-logger.ts'
import { noTelemetry } from './telemetry/no-telemetry.ts'
import { systemClock, systemFetch, systemRandom } from './system-ports.ts'

/** Checks the options, chooses the defaults, and puts together what the verbs work with. @throws TypeError */
export function createContext<P extends Providers>(options: TenantryOptions<P>): Context {
  const baseUrl = parseBaseUrl(options.baseUrl)
  const { clock = systemClock, random = systemRandom, fetch = systemFetch, crypto = createWebCrypto() } = options
  if (typeof options.authorize !== 'function')
    throw new TypeError('createTenantry: authorize is mandatory. Return true for what the principal may do; everything else is denied.')
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(options.environment))
    throw new TypeError('createTenantry: environment must be 1 to 31 lowercase letters, digits and hyphens, for example "production".')
  return {
    baseUrl,
    pushUrl: options.pushUrl === undefined ? baseUrl : parseBaseUrl(options.pushUrl, 'pushUrl'),
    allowedOrigins: [baseUrl, ...(options.origins ?? []).map((origin) => parseBaseUrl(origin, 'origins'))],
    environment: options.environment,
    lookEveryMs: parseLookEvery(options.lookEveryMs),
    listeners: parseListeners(options.listeners),
    handlerTimeoutMs: parseHandlerTimeout(options.handlerTimeoutMs),
    store: options.store,
    secrets: options.secrets,
    jobs: options.jobs,
    envelope: createEnvelope({
      keys: options.keys,
      dataKeys: options.store.dataKeys,
      crypto,
      random,
      clock,
      environment: options.environment,
    }),
    crypto,
    random,
    clock,
    fetch,
    logger: options.logger ?? silentLogger,
    telemetry: options.telemetry ?? noTelemetry,
    authorize: options.authorize,
    providers: providersByName(options.providers),
    google: findGoogle(options.providers),
    microsoft: findMicrosoft(options.providers),
    verifyJwt: createVerifiers({ fetch, clock, crypto }),
    handlers: options.on ?? {},
  }
}

function providersByName(providers: Providers): ReadonlyMap<string, AnyProvider> {
  const byName = new Map<string, AnyProvider>()
  for (const provider of Object.values(providers)) {
    if (byName.has(provider.name)) throw new TypeError(`createTenantry: the provider ${provider.name} is listed twice.`)
    byName.set(provider.name, provider)
  }
  return byName
}

function findGoogle(providers: Providers): GoogleGateway | null {
  const found = Object.values(providers).find((provider): provider is AnyProvider & { google: GoogleGateway } => 'google' in provider)
  return found?.google ?? null
}

function findMicrosoft(providers: Providers): MicrosoftGateway | null {
  const found = Object.values(providers).find(
    (provider): provider is AnyProvider & { microsoft: MicrosoftGateway } => 'microsoft' in provider,
  )
  return found?.microsoft ?? null
}

const verifierLimit = 1000

/** One key cache for each of the vendors' key sets. */
function createVerifiers(ports: { fetch: Fetch; clock: Clock; crypto: Crypto }): Context['verifyJwt'] {
  const verifiers = new Map<string, JwtVerifier>()
  return (jwks) => {
    const known = verifiers.get(jwks)
    if (known !== undefined) return known
    // Every directory of Entra has keys of its own.
    if (verifiers.size >= verifierLimit) verifiers.delete(verifiers.keys().next().value ?? '')
    const made = createJwtVerifier({ ...ports, findKey: createKeyFinder({ ...ports, url: jwks }) })
    verifiers.set(jwks, made)
    return made
  }
}

/** @throws TypeError */
function parseLookEvery(lookEveryMs: number | undefined): number | null {
  if (lookEveryMs === undefined) return null
  if (Number.isSafeInteger(lookEveryMs) && lookEveryMs >= 60_000 && lookEveryMs <= 86_400_000) return lookEveryMs
  throw new TypeError('createTenantry: lookEveryMs must be whole milliseconds, one minute (60000) to one day (86400000).')
}

/** @throws TypeError */
function parseListeners(listeners = 200): number {
  if (Number.isSafeInteger(listeners) && listeners >= 0 && listeners <= 10_000) return listeners
  throw new TypeError('createTenantry: listeners must be a whole number, 0 to 10000.')
}

/** @throws TypeError */
function parseHandlerTimeout(handlerTimeoutMs = 60_000): number {
  if (Number.isSafeInteger(handlerTimeoutMs) && handlerTimeoutMs >= 100 && handlerTimeoutMs <= 120_000) return handlerTimeoutMs
  throw new TypeError('createTenantry: handlerTimeoutMs must be whole milliseconds, 100 to 120000.')
}
