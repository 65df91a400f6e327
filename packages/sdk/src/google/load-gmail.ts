import { providerPorts } from '../connections/provider-call.ts'
import type { Context } from '../context.ts'
import type { GoogleGateway } from '../ports/index.ts'
import { pushOptionsOf } from '../providers/gmail/push/options.ts'
import type { PushOptions } from '../providers/gmail/push/options.ts'

export interface HostGmail {
  readonly provider: NonNullable<ReturnType<Context['providers']['get']>>
  readonly google: GoogleGateway
  readonly ports: ReturnType<typeof providerPorts>
  readonly options: PushOptions
}

/** The Gmail that the host offers; `null` when it does not. */
export function loadGmail(context: Context): HostGmail | null {
  const provider = context.providers.get('gmail')
  if (provider === undefined || context.google === null) return null
  return { provider, google: context.google, ports: providerPorts(context, provider), options: pushOptionsOf(provider) }
}
