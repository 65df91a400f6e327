import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { MailboxPath, MicrosoftCall, MicrosoftGateway } from '@tenantry/sdk/ports'
import type { RestCommand } from '../rest/create-command.ts'
import type { RestDownload } from '../rest/create-download.ts'
import type { RestRequest } from '../rest/create-request.ts'
import { path } from '../rest/path.ts'

/** What every part of the gateway calls Graph with. */
export interface GraphWire {
  readonly request: RestRequest
  readonly download: RestDownload
  readonly command: RestCommand
  readonly endpoints: MicrosoftGateway['endpoints']
}

/** Ids that stay when a message is moved. Source: learn.microsoft.com/graph/outlook-immutable-id. */
export const immutableIds = 'IdType="ImmutableId"'

export function graphAddress({ endpoints }: GraphWire, { cloud }: MicrosoftCall): string {
  return `${endpoints[cloud].graph}/v1.0`
}

/** `/me`, or a user by address. */
export function mailboxPath(mailbox: MailboxPath): string {
  return mailbox.own ? '/me' : path`/users/${mailbox.address}`
}

export function mailboxAddress(wire: GraphWire, call: MicrosoftCall, mailbox: MailboxPath): string {
  return graphAddress(wire, call) + mailboxPath(mailbox)
}

/** Who asks, and for which kind of ids. */
export function asCaller({ accessToken }: MicrosoftCall): { readonly accessToken: string; readonly headers: { readonly prefer: string } } {
  return { accessToken, headers: { prefer: immutableIds } }
}

/** A refusal for a reason of ours, where Graph named none. */
export function refuse(operation: string, httpStatus: number, reason: string): ProviderRefusal {
  return new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus, reason })
}
