import { isTenantryError } from '@tenantry/sdk/errors'
import type { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary, DisconnectInput } from '@tenantry/sdk/wire'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTenantry } from '../provider/tenantry-context.ts'
import { useConnectionActions } from './use-connection-actions.ts'
import { useSignIn } from './use-sign-in.ts'
import type { SignIn } from './use-sign-in.ts'

/** What the server does with a connection. */
export type ConnectionCommand = 'sync_now' | 'renew' | 'redrive' | 'pause' | 'resume' | 'disconnect' | 'remove'

export interface ConnectionCommandsOptions {
  connection: ConnectionSummary
  /** The mounted component's name in events. */
  component: string
  onReconnect?: ((connection: ConnectionSummary) => void) | undefined
  onDisconnect?: ((connection: ConnectionSummary) => void) | undefined
  onRemove?: ((connection: ConnectionSummary) => void) | undefined
  onError?: ((error: TenantryError) => void) | undefined
}

export interface ConnectionCommands {
  readonly signIn: SignIn
  readonly running: ConnectionCommand | null
  /** How the last command ended; gone with the next one. */
  readonly outcome: CommandOutcome | null
  /** Resolves to whether it worked; why not stands in `outcome`. `input` is for disconnecting. */
  run(command: ConnectionCommand, input?: DisconnectInput): Promise<boolean>
  /** Call it within the click, or the browser blocks the window. */
  reconnect(): void
  /** Forgets how the last command ended. */
  dismiss(): void
}

export interface CommandOutcome {
  readonly command: ConnectionCommand
  readonly error: Error | null
  /** How many were tried again. */
  readonly redriven?: number
}

/** One connection's sign-in and commands, as its card or row needs them. */
export function useConnectionCommands(options: ConnectionCommandsOptions): ConnectionCommands {
  const { connection, component } = options
  const { id, provider } = connection
  const { emit } = useTenantry()
  const actions = useConnectionActions(id)
  const signIn = useSignIn({ provider, connectionId: id })
  const [running, setRunning] = useState<ConnectionCommand | null>(null)
  const [outcome, setOutcome] = useState<CommandOutcome | null>(null)
  const latest = useRef({ ...options, actions, signIn })
  useEffect(() => {
    latest.current = { ...options, actions, signIn }
  })

  const isSignedIn = signIn.status === 'done'
  useEffect(() => {
    if (isSignedIn) latest.current.onReconnect?.(latest.current.connection)
  }, [isSignedIn])

  const run = useCallback(
    async (command: ConnectionCommand, input?: DisconnectInput) => {
      setRunning(command)
      setOutcome(null)
      const { actions: act, connection: current } = latest.current
      try {
        const redriven = await send(command, act, input)
        setOutcome({ command, error: null, ...(redriven !== null && { redriven }) })
        if (command === 'disconnect') {
          emit({ type: 'connection.disconnected', component, provider: current.provider, connectionId: current.id })
          latest.current.onDisconnect?.(current)
        }
        if (command === 'remove') latest.current.onRemove?.(current)
        return true
      } catch (error) {
        setOutcome({ command, error: error as Error })
        if (isTenantryError(error)) latest.current.onError?.(error)
        return false
      } finally {
        setRunning(null)
      }
    },
    [component, emit],
  )
  const reconnect = useCallback(() => {
    setOutcome(null)
    emit({ type: 'connection.reconnect', component, provider, connectionId: id })
    latest.current.signIn.start()
  }, [component, emit, id, provider])
  const dismiss = useCallback(() => setOutcome(null), [])
  return { signIn, running, outcome, run, reconnect, dismiss }
}

type Actions = ReturnType<typeof useConnectionActions>

/** @returns how many were tried again, for that command */
async function send(command: ConnectionCommand, actions: Actions, input?: DisconnectInput): Promise<number | null> {
  if (command === 'redrive') return (await actions.redrive.run()).redriven
  const { sync, repair, pause, resume, disconnect, remove } = actions
  if (command === 'disconnect') await disconnect.run(input)
  else await { sync_now: sync, renew: repair, pause, resume, remove }[command].run()
  return null
}
