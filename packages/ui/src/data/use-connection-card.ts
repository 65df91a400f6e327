import { useExplanation } from './oauth/use-explanation.ts'
import { useConnectionCommands } from './use-connection-commands.ts'
import type { ConnectionCommands, ConnectionCommandsOptions } from './use-connection-commands.ts'
import type { OAuthConnect } from './use-oauth-connect.ts'

export type { CommandOutcome, ConnectionCommand } from './use-connection-commands.ts'

export type ConnectionCardOptions = ConnectionCommandsOptions

export interface ConnectionCardData extends ConnectionCommands {
  readonly signIn: OAuthConnect
}

/** One connection's sign-in and commands, as its card or row needs them. */
export function useConnectionCard(options: ConnectionCardOptions): ConnectionCardData {
  const commands = useConnectionCommands(options)
  const explain = useExplanation(commands.signIn.flow)
  return { ...commands, signIn: { ...commands.signIn, explain } }
}
