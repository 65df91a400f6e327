import { useMutation } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'

/** A change to the server under way, and how the last one ended. */
export interface PrivateMutation<Input, Output> {
  /** Rejects with the server's TenantryError. */
  run(input: Input): Promise<Output>
  readonly isPending: boolean
  readonly error: Error | null
  readonly data: Output | undefined
  /** Forgets how the last one ended. */
  reset(): void
}

/** A mutation whose input never enters the query cache: it is handed over outside of it and dropped when sent. */
export function usePrivateMutation<Input, Output>(
  send: (input: Input) => Promise<Output>,
  onDone: (output: Output) => void | Promise<void>,
  queryClient: QueryClient,
): PrivateMutation<Input, Output> {
  const handover = useRef<{ readonly input: Input } | null>(null)
  const { mutateAsync, isPending, error, data, reset } = useMutation<Output, Error, void>(
    {
      gcTime: 0,
      retry: false,
      // Offline is an answer that a person can act on; a paused request would wait without a word.
      networkMode: 'always',
      mutationFn: () => {
        const taken = handover.current
        handover.current = null
        if (!taken) throw new TypeError('usePrivateMutation: run() hands over the input')
        return send(taken.input)
      },
      onSuccess: onDone,
    },
    queryClient,
  )
  const run = useCallback(
    (input: Input) => {
      handover.current = { input }
      return mutateAsync()
    },
    [mutateAsync],
  )
  return { run, isPending, error, data, reset }
}
