import type { Principal } from '@tenantry/sdk/model'
import type { operations, OperationId } from '@tenantry/sdk/wire'
import type { infer as Infer, ZodMiniType } from 'zod/mini'
import type { HandlerSdk } from './handler-sdk.ts'

type Input<Id extends OperationId> = (typeof operations)[Id] extends { readonly input: infer Schema extends ZodMiniType }
  ? Infer<Schema>
  : object

/** What the verb answers; the schema of the output decides what leaves. */
type Answer<Id extends OperationId> = Infer<(typeof operations)[Id]['output']> & { readonly setCookie?: string }

export interface VerbCall<Id extends OperationId> {
  readonly principal: Principal
  /** The path parameter; empty when the path has none. */
  readonly id: string
  readonly query: Readonly<Record<string, string>>
  readonly input: Input<Id>
  readonly openerOrigin: string | null
}

export type OperationVerbs = { readonly [Id in OperationId]: (sdk: HandlerSdk, call: VerbCall<Id>) => Promise<Answer<Id>> }

/** Operation -> verb of the sdk. An operation without a verb does not compile. */
export const operationVerbs: OperationVerbs = {
  'google.status': (sdk, { principal }) => sdk.google.status({ principal }),
  'google.save': (sdk, { principal, input }) => sdk.google.save({ principal, changes: input }),
  'google.test': (sdk, { principal, input: { checks } }) => sdk.google.test({ principal, checks }),
  'google.reset': (sdk, { principal, input }) => sdk.google.reset({ principal, credentials: input.credentials }),
  'google.setupScript': (sdk, { principal }) => sdk.google.setupScript({ principal }),
  'google.provision': (sdk, { principal }) => sdk.google.provision({ principal }),
  'google.testNotification': (sdk, { principal }) => sdk.google.testNotification({ principal }),
  'google.supportBundle': (sdk, { principal, input: { addresses } }) => sdk.google.supportBundle({ principal, addresses }),
  'microsoft.status': (sdk, { principal }) => sdk.microsoft.status({ principal }),
  'microsoft.save': (sdk, { principal, input }) => sdk.microsoft.save({ principal, changes: input }),
  'microsoft.test': (sdk, { principal, input: { checks } }) => sdk.microsoft.test({ principal, checks }),
  'microsoft.reset': (sdk, { principal, input }) => sdk.microsoft.reset({ principal, credentials: input.credentials }),
  'microsoft.setupScript': (sdk, { principal }) => sdk.microsoft.setupScript({ principal }),
  'connections.list': (sdk, { principal, query: { provider } }) =>
    sdk.connections.list({ principal, ...(provider !== undefined && { provider }) }),
  'connections.connect': (sdk, { principal, input: { provider, settings, returnTo }, openerOrigin }) =>
    sdk.connections.connect({ principal, provider, settings, ...departure(returnTo, openerOrigin) }),
  'connections.get': (sdk, { principal, id }) => sdk.connections.get({ principal, connectionId: id }),
  'connections.update': (sdk, { principal, id, input }) => sdk.connections.update({ principal, connectionId: id, changes: input }),
  'connections.remove': (sdk, { principal, id }) => sdk.connections.remove({ principal, connectionId: id }),
  'connections.reconnect': (sdk, { principal, id, input: { returnTo, settings }, openerOrigin }) =>
    sdk.connections.reconnect({
      principal,
      connectionId: id,
      ...(settings !== undefined && { settings }),
      ...departure(returnTo, openerOrigin),
    }),
  'connections.disconnect': (sdk, { principal, id, input: { revoke } }) =>
    sdk.connections.disconnect({ principal, connectionId: id, ...(revoke !== undefined && { revoke }) }),
  'connections.sync': (sdk, { principal, id }) => sdk.connections.sync({ principal, connectionId: id }),
  'connections.diagnose': (sdk, { principal, id, input: { checks } }) => sdk.connections.diagnose({ principal, connectionId: id, checks }),
  'connections.choices': (sdk, { principal, id }) => sdk.connections.choices({ principal, connectionId: id }),
  'connections.connectAnother': (sdk, { principal, id, input: { settings } }) =>
    sdk.connections.connectAnother({ principal, connectionId: id, settings }),
  'connections.repair': (sdk, { principal, id }) => sdk.connections.repair({ principal, connectionId: id }),
  'connections.redrive': (sdk, { principal, id }) => sdk.connections.redrive({ principal, connectionId: id }),
  'connections.testMessage': (sdk, { principal, id }) => sdk.connections.testMessage({ principal, connectionId: id }),
  'connections.supportBundle': (sdk, { principal, id, input: { addresses } }) =>
    sdk.connections.supportBundle({ principal, connectionId: id, addresses }),
  'flows.get': (sdk, { principal, id }) => sdk.flows.get({ principal, flowId: id }),
}

function departure(returnTo: string | undefined, openerOrigin: string | null): { returnTo?: string; openerOrigin?: string } {
  return { ...(returnTo !== undefined && { returnTo }), ...(openerOrigin !== null && { openerOrigin }) }
}
