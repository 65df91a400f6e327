import { TenantryError } from '@tenantry/sdk/errors'
import { act, renderHook } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TenantryProvider } from '../provider/index.ts'
import type { OAuthOptions, UiEvent } from '../provider/index.ts'
// Loaded with the first sign-in, which would take real time: here it is there from the start.
import './oauth/create-oauth-protocol.ts'
import { createFakeServer, makeConnection } from './oauth/testing/create-fake-server.ts'
import { useOAuthConnect } from './use-oauth-connect.ts'

const START = Date.parse('2026-11-21T09:00:00.000Z')
const settings = { name: 'Support', mailbox: 'support@acme.com' }

function createPopup() {
  return {
    closed: false,
    location: 'about:blank',
    document: { title: '', body: { textContent: '' } },
    focus: vi.fn<() => void>(),
    close: vi.fn<() => void>(),
  }
}

function createHarness({ oauth, connectionId, strict }: { oauth?: OAuthOptions; connectionId?: string; strict?: boolean } = {}) {
  const server = createFakeServer()
  const events: UiEvent[] = []
  const popup = createPopup()
  const open = vi.fn<(url: string, target: string, look: string) => unknown>(() => popup)
  vi.stubGlobal('open', open)
  const wrapper = ({ children }: { children: ReactNode }) => {
    const page = (
      <TenantryProvider client={server.client} appName="Helpdesk" onEvent={(event) => events.push(event)} {...(oauth && { oauth })}>
        {children}
      </TenantryProvider>
    )
    return strict ? <StrictMode>{page}</StrictMode> : page
  }
  const mount = (id = connectionId) => renderHook(() => useOAuthConnect({ provider: 'gmail', connectionId: id }), { wrapper })
  const asked = (flowId = 'flow-1') => server.calls.filter(({ name, input }) => name === 'flows.get' && input === flowId).length
  return { server, events, popup, open, mount, asked }
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

function sendMessage(data: unknown, origin = location.origin) {
  return act(async () => {
    window.dispatchEvent(new MessageEvent('message', { data, origin }))
    await vi.advanceTimersByTimeAsync(0)
  })
}

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  window.history.replaceState(null, '', '/settings?tab=mail#gmail')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the sign-in window', () => {
  it('opens within the click, blank and with words, and goes to Google once the server has answered', async () => {
    const { server, popup, open, mount, events } = createHarness()
    const release = server.holdConnect()
    const { result } = mount()
    act(() => result.current.start(settings))
    expect(open).toHaveBeenCalledExactlyOnceWith('about:blank', '_blank', expect.stringContaining('popup'))
    expect(popup.document.body.textContent).toBe('Opening Google…')
    expect(result.current.status).toBe('opening')
    release()
    await pass(0)
    expect(popup.location).toMatch(/^https:\/\/accounts\.google\.com\//)
    expect(result.current.status).toBe('waiting')
    expect(server.calls[0]).toEqual({ name: 'connections.connect', input: { provider: 'gmail', settings } })
    server.finishFlow({})
    await pass(1000)
    expect(result.current).toMatchObject({ status: 'done', flow: { connectionId: 'c1' }, error: null })
    expect(events.map(({ type }) => type)).toEqual(['oauth.opened', 'oauth.completed'])
    expect(JSON.stringify(events)).not.toContain('acme.com')
  })

  it('closes again when the start is refused, and says why', async () => {
    const { server, popup, mount } = createHarness()
    server.refuse('connect', new TenantryError('connection_exists', { field: 'mailbox', values: { name: 'Sales' } }))
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    expect(popup.close).toHaveBeenCalled()
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 'connection_exists', values: { name: 'Sales' } } })
  })

  it('says when the browser blocked it, and asks the server for nothing', async () => {
    const { server, open, mount, events } = createHarness()
    open.mockReturnValue(null)
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(5000)
    expect(result.current.status).toBe('blocked')
    expect(server.calls).toEqual([])
    expect(events).toEqual([expect.objectContaining({ type: 'oauth.blocked' })])
  })

  it('comes to the front on a second click instead of opening twice', async () => {
    const { server, popup, open, mount } = createHarness()
    const { result } = mount()
    act(() => {
      result.current.start(settings)
      result.current.start(settings)
    })
    await pass(0)
    act(() => result.current.start(settings))
    expect(open).toHaveBeenCalledTimes(1)
    expect(popup.focus).toHaveBeenCalledTimes(2)
    expect(server.calls.filter(({ name }) => name === 'connections.connect')).toHaveLength(1)
  })

  it('closed for more than 2 s is a question, not a failure: a late success still counts', async () => {
    const { server, popup, mount } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    popup.closed = true
    await pass(2000)
    expect(result.current.status).toBe('waiting')
    await pass(1000)
    expect(result.current.status).toBe('window_gone')
    await pass(30_000)
    server.finishFlow({})
    await pass(3000)
    expect(result.current.status).toBe('done')
  })

  it('is opened anew when it was closed a moment ago', async () => {
    const { popup, open, mount } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    popup.closed = true
    open.mockReturnValue(createPopup())
    act(() => result.current.start(settings))
    await pass(0)
    expect(open).toHaveBeenCalledTimes(2)
    expect(result.current).toMatchObject({ status: 'waiting', flow: { flowId: 'flow-2' } })
  })

  it('refuses an address that is not one of the web', async () => {
    const { server, popup, mount } = createHarness()
    const { result } = mount()
    const connect = vi.spyOn(server.client.connections, 'connect')
    connect.mockResolvedValue({ connectionId: 'c', flowId: 'f', authorizationUrl: 'javascript:alert(1)', expiresAt: '' })
    act(() => result.current.start(settings))
    await pass(0)
    expect(popup.location).toBe('about:blank')
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 'internal' } })
  })

  it('is not opened in an app’s own browser', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148' })
    const { open, mount } = createHarness()
    const { result } = mount()
    expect(result.current.inAppBrowser).toBe(true)
    act(() => result.current.start(settings))
    expect(result.current.status).toBe('blocked')
    expect(open).not.toHaveBeenCalled()
  })
})

describe('how it ended', () => {
  it.each([
    ['window message', (data: object) => window.dispatchEvent(new MessageEvent('message', { data, origin: location.origin }))],
    [
      'storage event',
      (data: object) => window.dispatchEvent(new StorageEvent('storage', { key: 'tn-oauth', newValue: JSON.stringify(data) })),
    ],
  ])('a %s makes it ask at once, whatever the message claims', async (_, send) => {
    const { server, mount, asked } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    await act(async () => send({ type: 'tenantry:flow', flowId: 'flow-1', outcome: 'connected', code: null }))
    expect(asked()).toBe(1)
    expect(result.current.status).toBe('waiting')
    server.finishFlow({ code: 'access_denied' })
    await act(async () => send({ type: 'tenantry:flow', flowId: 'flow-1', outcome: 'connected', code: null }))
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 'access_denied' } })
  })

  it('a broadcast makes it ask at once', async () => {
    vi.useRealTimers()
    const { server, mount } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await vi.waitFor(() => expect(result.current.status).toBe('waiting'))
    server.finishFlow({})
    const channel = new BroadcastChannel('tn-oauth')
    // A channel stays within its origin by itself.
    // eslint-disable-next-line unicorn/require-post-message-target-origin
    act(() => channel.postMessage({ type: 'tenantry:flow', flowId: 'flow-1', outcome: 'connected', code: null }))
    await vi.waitFor(() => expect(result.current.status).toBe('done'), { timeout: 500 })
    channel.close()
  })

  it('ignores foreign origins, other flows and other messages', async () => {
    const { mount, asked } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    await sendMessage({ type: 'tenantry:flow', flowId: 'flow-1', outcome: 'connected' }, 'https://evil.example')
    await sendMessage({ type: 'tenantry:flow', flowId: 'flow-2', outcome: 'connected' })
    await sendMessage({ type: 'other', flowId: 'flow-1' })
    await sendMessage('tenantry:flow flow-1')
    await sendMessage(null)
    expect(asked()).toBe(0)
    expect(result.current.status).toBe('waiting')
  })

  it('asks each second ten times, then every 3 s, and at once when the person comes back', async () => {
    const { mount, asked } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    await pass(10_000)
    expect(asked()).toBe(10)
    await pass(30_000)
    expect(asked()).toBe(20)
    await act(async () => {
      window.dispatchEvent(new Event('focus'))
    })
    expect(asked()).toBe(21)
  })

  it('stops when time is up', async () => {
    const { mount, asked } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    await pass(11 * 60_000)
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 'state_expired' } })
    const before = asked()
    await pass(60_000)
    expect(asked()).toBe(before)
  })

  it('outlives a server that is away, and ends on a refusal', async () => {
    const { server, mount } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    server.refuse('flow', new TenantryError('network'))
    await pass(5000)
    expect(result.current.status).toBe('waiting')
    server.refuse('flow', new TenantryError('unauthenticated'))
    await pass(1000)
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 'unauthenticated' } })
  })

  it('cancel closes the window and asks no more; a start under way is dropped', async () => {
    const { server, popup, mount, asked } = createHarness()
    const release = server.holdConnect()
    const { result } = mount()
    act(() => result.current.start(settings))
    act(() => result.current.cancel())
    release()
    await pass(10_000)
    expect(result.current.status).toBe('idle')
    expect(popup.close).toHaveBeenCalled()
    expect(popup.location).toBe('about:blank')
    expect(asked()).toBe(0)
  })

  it('two tabs each follow their own sign-in', async () => {
    const { server, mount } = createHarness()
    const first = mount()
    const second = mount()
    act(() => first.result.current.start(settings))
    await pass(0)
    act(() => second.result.current.start({ ...settings, name: 'Sales' }))
    await pass(0)
    server.finishFlow({ flowId: 'flow-1' })
    await pass(1000)
    expect(first.result.current.status).toBe('done')
    expect(second.result.current.status).toBe('waiting')
  })

  it('names what Google was asked with, for the fix of what Google showed', async () => {
    const { mount } = createHarness()
    const { result } = mount()
    act(() => result.current.start(settings))
    await pass(0)
    expect(result.current.explain('redirect_uri_mismatch')).toEqual({
      link: { page: 'clients', href: 'https://console.cloud.google.com/auth/clients?project=473210987654' },
      copy: { what: 'redirect_uri', value: 'https://app.example.com/api/auth/google/callback' },
      canRunChecks: false,
    })
    expect(JSON.stringify(result.current)).not.toContain('EXAMPLE_state')
  })
})

describe('in this tab', () => {
  function stubLocation() {
    const assign = vi.fn<(url: string) => void>()
    vi.stubGlobal('location', { href: window.location.href, origin: window.location.origin, assign })
    return assign
  }

  it('leaves for Google with a way back, and resumes there from what the server says', async () => {
    const assign = stubLocation()
    const { server, mount, events } = createHarness({ oauth: { mode: 'redirect' }, strict: true })
    const left = mount()
    act(() => left.result.current.start(settings))
    await pass(0)
    const connects = server.calls.filter(({ name }) => name === 'connections.connect')
    expect(connects).toMatchObject([{ input: { returnTo: '/settings?tab=mail&tn_for=gmail#gmail' } }])
    expect(assign).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^https:\/\/accounts\.google\.com\//))
    expect(events.map(({ type }) => type)).toContain('oauth.redirected')
    left.unmount()
    vi.unstubAllGlobals()

    server.finishFlow({ code: 'insufficient_scope', values: { scopes: 'gmail.modify' } })
    window.history.replaceState(null, '', '/settings?tab=mail&tn_for=gmail&tn_flow=flow-1&tn_outcome=connected#gmail')
    const back = mount()
    await pass(0)
    expect(back.result.current).toMatchObject({ status: 'failed', error: { code: 'insufficient_scope' } })
    expect(window.location.pathname + window.location.search + window.location.hash).toBe('/settings?tab=mail#gmail')
  })

  it('leaves a returned sign-in to the form that it belongs to', async () => {
    const { server, mount, asked } = createHarness()
    server.connections.set('c1', makeConnection())
    await server.client.connections.reconnect('c1')
    window.history.replaceState(null, '', '/settings?tn_for=c1&tn_flow=flow-1&tn_outcome=connected')
    const other = mount()
    await pass(0)
    expect(other.result.current.status).toBe('idle')
    expect(asked()).toBe(0)
    server.finishFlow({})
    const owner = mount('c1')
    await pass(0)
    expect(owner.result.current.status).toBe('done')
    expect(window.location.search).toBe('')
  })

  it('is what a blocked window can be retried as, with the same settings', async () => {
    const assign = stubLocation()
    const { server, open, mount } = createHarness()
    open.mockReturnValue(null)
    const { result } = mount()
    act(() => result.current.start(settings))
    act(() => result.current.retryInThisTab())
    await pass(0)
    expect(assign).toHaveBeenCalledTimes(1)
    expect(server.calls[0]?.input).toMatchObject({ provider: 'gmail', settings })
  })
})
