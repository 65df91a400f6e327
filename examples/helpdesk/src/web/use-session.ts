import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Session } from '../server/create-api.ts'
import { post, request } from './request.ts'

const sessionKey = ['session']

/** Who looks at the page. Who comes for the first time is the first of the people. */
export function useSession() {
  const queryClient = useQueryClient()
  const query = useQuery({ queryKey: sessionKey, queryFn: () => request<Session>('/api/session'), staleTime: Infinity })
  const { mutate: switchPerson, error } = useMutation({
    mutationFn: (personId: string) => post<Session>('/api/session', { personId }),
    onSuccess: (session) => {
      // What one person was shown must not wait in the cache for the next.
      queryClient.clear()
      queryClient.setQueryData(sessionKey, session)
    },
  })
  const stranger = query.data?.person === null ? query.data.people[0] : undefined
  useEffect(() => {
    if (stranger) switchPerson(stranger.id)
  }, [stranger, switchPerson])
  return { session: query.data, error: query.error ?? error, switchPerson }
}
