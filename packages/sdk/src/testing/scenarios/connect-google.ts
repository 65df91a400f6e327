import type { Principal } from '../../model/principal.ts'
import type { CalendarSettings } from '../../providers/google-calendar/settings.ts'
import { testPrincipal } from '../create-test-tenantry.ts'
import type { TestTenantry } from '../create-test-tenantry.ts'
import { signIn } from './sign-in.ts'

export interface ConnectedOptions {
  readonly principal?: Principal
  readonly address?: string
  readonly name?: string
}

/** A connected mailbox, subscribed and synced. @returns its connection id */
export async function connectGmail(world: TestTenantry, options: ConnectedOptions = {}): Promise<string> {
  const { principal = testPrincipal, address = 'support@acme.test', name = 'Support' } = options
  const begun = await world.sdk.gmail.connect({ principal, settings: { name, mailbox: address } })
  return finish(world, begun, await signIn(world, begun, { address, principal }))
}

/** A connected calendar, the main one unless the settings name another, subscribed and synced. @returns its connection id */
export async function connectCalendar(
  world: TestTenantry,
  options: ConnectedOptions & { readonly settings?: Partial<CalendarSettings> } = {},
): Promise<string> {
  const { principal = testPrincipal, address = 'dana@acme.test', name = 'On-call', settings } = options
  const begun = await world.sdk.calendar.connect({ principal, settings: { name, ...settings } })
  return finish(world, begun, await signIn(world, begun, { address, principal }))
}

async function finish(
  world: TestTenantry,
  begun: { connectionId: string },
  result: { outcome: string; code: string | null },
): Promise<string> {
  if (result.outcome !== 'connected') throw new Error(`the sign-in failed with ${result.code}`)
  await world.settle()
  return begun.connectionId
}
