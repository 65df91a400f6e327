import { useConnectionCard } from '../../data/use-connection-card.ts'

/** One entry's sign-in and commands. */
export function useListedConnection(options: Omit<Parameters<typeof useConnectionCard>[0], 'component'>) {
  return useConnectionCard({ ...options, component: 'connection-list' })
}
