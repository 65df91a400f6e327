import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyProvider, Provider, VerbDoor } from '../providers/provider.ts'
import type { CheckReport, Choices, ConnectionSummary, SupportBundle, UpdateInput } from '../wire/index.ts'
import type { BegunFlow, FlowTarget } from './begin-flow.ts'
import { choices } from './choices.ts'
import { createProviderClient } from './client.ts'
import type { ClientOptions } from './client.ts'
import { connect } from './connect.ts'
import { connectAnother } from './connect-another.ts'
import type { ConnectAnotherOptions } from './connect-another.ts'
import { diagnose } from './diagnose.ts'
import type { DiagnoseOptions } from './diagnose.ts'
import { disconnect } from './disconnect.ts'
import type { DisconnectOptions } from './disconnect.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { markOwn } from './mark-own.ts'
import type { MarkOwnOptions } from './mark-own.ts'
import { reconnect } from './reconnect.ts'
import type { ReconnectOptions } from './reconnect.ts'
import { redrive } from './redrive.ts'
import { remove } from './remove.ts'
import { repair } from './repair.ts'
import { requestSync } from './request-sync.ts'
import { supportBundle } from './support-bundle.ts'
import type { SupportBundleOptions } from './support-bundle.ts'
import { testMessage } from './test-message.ts'
import { update } from './update.ts'
import { verbDoor } from './verb-door.ts'

interface OneConnection {
  readonly principal: Principal
  readonly connectionId: string
}

/** What can be done with a connection that exists, whatever its provider. */
export interface SharedVerbs {
  get(options: OneConnection): Promise<ConnectionSummary>
  update(options: OneConnection & { readonly changes: UpdateInput }): Promise<ConnectionSummary>
  reconnect(options: ReconnectOptions): Promise<BegunFlow>
  /** Final here at once; the provider is told now or as soon as it answers. */
  disconnect(options: DisconnectOptions): Promise<ConnectionSummary>
  remove(options: OneConnection): Promise<{ removed: true }>
  sync(options: OneConnection): Promise<ConnectionSummary>
  /** Checks against the provider's live answers: all, or those that are named. */
  diagnose(options: DiagnoseOptions): Promise<CheckReport>
  /** What can be chosen in the account, by the name of the setting: labels, calendars. */
  choices(options: OneConnection): Promise<Choices>
  /** Another connection on the same sign-in, for example a second calendar; it belongs to the same person. */
  connectAnother(options: ConnectAnotherOptions): Promise<ConnectionSummary>
  /** Has the push pipe opened anew. */
  repair(options: OneConnection): Promise<ConnectionSummary>
  /** Tries again what was set aside. */
  redrive(options: OneConnection): Promise<{ redriven: number }>
  /** Sends a message to whoever signed in, to see that the mailbox may be sent from. */
  testMessage(options: OneConnection): Promise<{ to: string }>
  /** Tells before sending that the host writes the message of this Message-ID, so that it is not handed over when it comes back. */
  markOwn(options: MarkOwnOptions): Promise<void>
  /** Facts for whoever helps: no secrets, no tokens, no content. */
  supportBundle(options: SupportBundleOptions): Promise<SupportBundle>
}

export interface ConnectionVerbs extends SharedVerbs {
  list(options: { readonly principal: Principal; readonly provider?: string | undefined }): Promise<{ connections: ConnectionSummary[] }>
  connect(
    options: FlowTarget & {
      readonly principal: Principal
      readonly provider: string
      readonly settings: Readonly<Record<string, unknown>>
    },
  ): Promise<BegunFlow>
}

type SettingsOf<P> = P extends Provider<infer Settings, unknown> ? Settings : never
type VerbsOf<P> = P extends { verbs?(door: VerbDoor): infer Verbs } ? Verbs : object
type ClientOf<P> = P extends { createClient(call: never): infer Client } ? Client : never

/** The shared verbs, and those that only this provider has. */
export type ProviderVerbs<P> = CommonVerbs<P> & VerbsOf<P>

interface CommonVerbs<P> extends SharedVerbs {
  /** Starts a connection. Returns the consent URL and the binding cookie to set in the same browser. */
  connect(
    options: FlowTarget & {
      readonly principal: Principal
      readonly settings: { readonly name: string } & Partial<SettingsOf<P>> & Readonly<Record<string, unknown>>
    },
  ): Promise<BegunFlow>
  list(options: { readonly principal: Principal }): Promise<{ connections: ConnectionSummary[] }>
  /** An authorized vendor client. */
  client(options: ClientOptions): Promise<ClientOf<P>>
}

function sharedVerbs(context: Context): SharedVerbs {
  return {
    get: (options) => get(context, options),
    update: (options) => update(context, options),
    reconnect: (options) => reconnect(context, options),
    disconnect: (options) => disconnect(context, options),
    remove: (options) => remove(context, options),
    sync: (options) => requestSync(context, options),
    diagnose: (options) => diagnose(context, options),
    choices: (options) => choices(context, options),
    connectAnother: (options) => connectAnother(context, options),
    repair: (options) => repair(context, options),
    redrive: (options) => redrive(context, options),
    testMessage: (options) => testMessage(context, options),
    markOwn: (options) => markOwn(context, options),
    supportBundle: (options) => supportBundle(context, options),
  }
}

export function connectionVerbs(context: Context): ConnectionVerbs {
  return {
    ...sharedVerbs(context),
    list: (options) => list(context, options),
    connect: async (options) => connect(context, providerNamed(context, options.provider), options),
  }
}

/** `sdk.gmail.connect()` is `connections/connect.ts` with `providers/gmail/`. */
export function providerVerbs(context: Context, provider: AnyProvider): ProviderVerbs<AnyProvider> {
  return {
    ...provider.verbs?.(verbDoor(context, provider)),
    ...sharedVerbs(context),
    connect: (options) => connect(context, provider, options),
    list: ({ principal }) => list(context, { principal, provider: provider.name }),
    client: (options) => createProviderClient(context, provider, options),
  }
}
