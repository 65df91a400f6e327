import type { BegunFlow } from '../../connections/begin-flow.ts'
import type { CompletedFlow } from '../../connections/complete-connect.ts'
import type { Principal } from '../../model/principal.ts'
import { testPrincipal } from '../create-test-tenantry.ts'
import type { TestTenantry } from '../create-test-tenantry.ts'

export interface SignInOptions {
  readonly address: string
  /** Scopes that stay ticked; default all. */
  readonly scopes?: string[]
  /** Press Cancel instead. */
  readonly deny?: boolean
  /** Whose session the browser has at the callback. */
  readonly principal?: Principal | null
}

/** Walks a started sign-in through Google's consent and back, in the browser that started it. */
export async function signIn(world: TestTenantry, begun: BegunFlow, options: SignInOptions): Promise<CompletedFlow> {
  return complete(world, begun, consent(world, begun, options), options.principal)
}

/** The address that Google sends the browser to. */
export function consent(world: TestTenantry, begun: BegunFlow, options: SignInOptions): string {
  const answer = { authorizationUrl: begun.authorizationUrl, address: options.address, ...(options.scopes && { scopes: options.scopes }) }
  return (options.deny === true ? world.sandbox.google.denyConsent(answer) : world.sandbox.google.grantConsent(answer)).redirectTo
}

/** Brings the browser back to us, with the cookie that it was given. */
export async function complete(
  world: TestTenantry,
  begun: BegunFlow,
  redirectTo: string,
  principal: Principal | null = testPrincipal,
): Promise<CompletedFlow> {
  const url = new URL(redirectTo)
  const [pair = ''] = begun.setCookie.split(';')
  const [name, value] = pair.split('=')
  return world.sdk.flows.complete({
    callbackPath: url.pathname,
    params: url.searchParams,
    cookie: (wanted) => (wanted === name ? value : undefined),
    principal,
  })
}
