import { QueryClient } from '@tanstack/react-query'
import type { TenantryClient } from '@tenantry/sdk/client'
import { TenantryError } from '@tenantry/sdk/errors'
import type { GoogleChanges, GoogleSetupStatus } from '@tenantry/sdk/wire'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { describe, expect, it, vi } from 'vitest'
import { TenantryProvider } from '../provider/index.ts'
import { errorToFields, queryKeys, useConnections, useGoogleSetup } from './index.ts'

const SECRET = 'GOCSPX-EXAMPLE_secret_1'
const status = { state: 'partial', version: 'v1' } as GoogleSetupStatus

function createHarness(google: Partial<TenantryClient['google']>, connections: Partial<TenantryClient['connections']> = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  const client = { google, connections } as TenantryClient
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TenantryProvider client={client} appName="Helpdesk" tenantId="acme" queryClient={queryClient}>
      {children}
    </TenantryProvider>
  )
  return { queryClient, wrapper }
}

function everythingCached(queryClient: QueryClient): string {
  const mutations = queryClient.getMutationCache().getAll()
  const queries = queryClient.getQueryCache().getAll()
  return JSON.stringify([...mutations.map((entry) => entry.state), ...queries.map((entry) => [entry.queryKey, entry.state])])
}

describe('the google setup data', () => {
  it('keeps a typed secret out of the query cache before, during and after a save', async () => {
    const sent: GoogleChanges[] = []
    let answer: (value: GoogleSetupStatus) => void = () => undefined
    const { queryClient, wrapper } = createHarness({
      status: async () => status,
      save: (changes) => {
        sent.push(changes)
        return new Promise((resolve) => (answer = resolve))
      },
    })
    const { result } = renderHook(() => useGoogleSetup(), { wrapper })
    await waitFor(() => expect(result.current.query.data).toEqual(status))
    let saved: Promise<unknown> = Promise.resolve()
    act(() => {
      saved = result.current.save.run({ clientSecret: { action: 'replace', value: SECRET } })
    })
    await waitFor(() => expect(result.current.save.isPending).toBe(true))
    expect(sent).toEqual([{ clientSecret: { action: 'replace', value: SECRET } }])
    expect(everythingCached(queryClient)).not.toContain(SECRET)
    answer({ ...status, state: 'configured' })
    await act(() => saved)
    expect(everythingCached(queryClient)).not.toContain(SECRET)
    await waitFor(() => expect(result.current.query.data?.state).toBe('configured'))
  })

  it('keeps a secret out of the cache when the save is refused', async () => {
    const { queryClient, wrapper } = createHarness({
      status: async () => status,
      save: () => Promise.reject(new TenantryError('conflict')),
    })
    const { result } = renderHook(() => useGoogleSetup(), { wrapper })
    const refused = await act(() =>
      result.current.save.run({ clientSecret: { action: 'replace', value: SECRET } }).catch((error: unknown) => error),
    )
    expect(refused).toMatchObject({ code: 'conflict' })
    expect(everythingCached(queryClient)).not.toContain(SECRET)
  })

  it('puts the tenant into every key', () => {
    const keys = [queryKeys.googleSetup('acme'), queryKeys.connectionList('acme', 'gmail'), queryKeys.connection('acme', 'c1')]
    expect(keys.every((key) => key[1] === 'acme')).toBe(true)
  })

  it('asks again only where the failure says that it can help', async () => {
    const unavailable = vi.fn<() => Promise<never>>(() => Promise.reject(new TenantryError('unavailable')))
    const forbidden = vi.fn<() => Promise<never>>(() => Promise.reject(new TenantryError('forbidden')))
    const { wrapper } = createHarness({ status: unavailable }, { list: forbidden })
    const { result } = renderHook(() => ({ setup: useGoogleSetup(), list: useConnections() }), { wrapper })
    await waitFor(() => expect(result.current.setup.query.isError && result.current.list.isError).toBe(true))
    expect(unavailable).toHaveBeenCalledTimes(3)
    expect(forbidden).toHaveBeenCalledTimes(1)
  })
})

describe('errorToFields', () => {
  it('puts each failure beside its field, in the order of the form, and leaves others alone', () => {
    const { result } = renderHook(() => {
      const form = useForm({ defaultValues: { id: 'typed', secret: '' } })
      return { form, errors: form.formState.errors }
    })
    const error = new TenantryError('invalid_input', {
      fields: [
        { field: 'clientSecret', code: 'client_secret_invalid' },
        { field: 'clientId', code: 'client_id_is_email' },
        { field: 'elsewhere', code: 'name_invalid' },
      ],
    })
    let named: string[] = []
    act(() => {
      named = errorToFields(
        error,
        { clientId: 'id', clientSecret: 'secret' },
        result.current.form.setError,
        ({ code }) => `words of ${code}`,
      )
    })
    expect(named).toEqual(['id', 'secret'])
    expect(result.current.errors.id).toMatchObject({ type: 'client_id_is_email', message: 'words of client_id_is_email' })
    expect(result.current.form.getValues('id')).toBe('typed')
  })

  it('has nothing to say about a failure that names no field', () => {
    expect(
      errorToFields(
        new TenantryError('network'),
        { clientId: 'id' },
        () => undefined,
        () => '',
      ),
    ).toEqual([])
    expect(
      errorToFields(
        new TypeError('x'),
        { clientId: 'id' },
        () => undefined,
        () => '',
      ),
    ).toEqual([])
  })
})
