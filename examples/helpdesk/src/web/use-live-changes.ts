import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const pollEveryMs = 2000
/** What no change of the data concerns. */
const quiet: ReadonlySet<unknown> = new Set(['session', 'messages', 'audit'])

/** Asks again whenever the server says that something changed. Returns the pause between polls (ms), or `false` while the stream is open. */
export function useLiveChanges(): number | false {
  const queryClient = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const source = new EventSource('/api/stream')
    source.addEventListener('open', () => setOpen(true))
    source.addEventListener('error', () => setOpen(false))
    source.addEventListener('changed', () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => !quiet.has(queryKey[0]) }))
    return () => {
      source.close()
      setOpen(false)
    }
  }, [queryClient])
  return isOpen ? false : pollEveryMs
}
