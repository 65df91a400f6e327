import { useConnectionCommands } from '../../data/use-connection-commands.ts'

/** One entry's sign-in and commands. */
export function useListedConnection(options: Omit<Parameters<typeof useConnectionCommands>[0], 'component'>) {
  return useConnectionCommands({ ...options, component: 'connection-list' })
}
