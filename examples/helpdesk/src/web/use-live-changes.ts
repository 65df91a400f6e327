import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const pollEveryMs = 2000

/** Asks again whenever the server says that something changed. Returns the pause between polls (ms), or `false` while the stream is open. */
export function useLiveChanges(): number | false {
  const queryClient = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const source = new EventSource('/api/stream')
    source.addEventListener('open', () => setOpen(true))
    source.addEventListener('error', () => setOpen(false))
    source.addEventListener('changed', () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }))
    return () => {
      source.close()
      setOpen(false)
    }
  }, [queryClient])
  return isOpen ? false : pollEveryMs
}
