import { afterEach, expect, it, vi } from 'vitest'
import type { UiEvent } from '../../provider/ui-event.ts'
import { createOAuthConnector } from './create-oauth-connector.ts'
import { createFakeServer } from './testing/create-fake-server.ts'

const PROTOCOL = './create-oauth-protocol.ts'
const settings = { name: 'Support', mailbox: 'support@acme.com' }

function open() {
  const server = createFakeServer()
  const events: UiEvent[] = []
  const popup = { closed: false, location: '', document: { title: '', body: {} }, focus: vi.fn<() => void>(), close: vi.fn<() => void>() }
  const openWindow = vi.fn<() => unknown>(() => popup)
  vi.stubGlobal('open', openWindow)
  const connector = createOAuthConnector({
    client: server.client,
    provider: 'gmail',
    connectionId: undefined,
    oauth: {},
    now: Date.now,
    placeholder: 'Opening Google…',
    emit: (event) => events.push(event),
    onConnected: () => {},
  })
  const connects = () => server.calls.filter(({ name }) => name === 'connections.connect').map(({ input }) => input)
  return { server, events, popup, openWindow, connector, connects, detach: connector.attach() }
}

/** The rest of the page cannot be fetched until the returned function is called. */
function cutOff() {
  vi.doMock(PROTOCOL, () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  return () => void vi.doUnmock(PROTOCOL)
}

afterEach(() => {
  vi.doUnmock(PROTOCOL)
  vi.unstubAllGlobals()
  window.history.replaceState(null, '', '/settings')
})

it('closes the window when the rest of the page cannot be fetched, says so, and works once it can', async () => {
  const { server, popup, connector, events, connects, detach } = open()
  const reconnect = cutOff()
  connector.start(settings)
  expect(connector.getState().status).toBe('opening')
  await vi.waitFor(() => expect(connector.getState()).toMatchObject({ status: 'failed', error: { code: 'network' } }))
  expect(popup.close).toHaveBeenCalledTimes(1)
  expect(events).toEqual([{ type: 'oauth.failed', component: 'oauth-connect', provider: 'gmail', code: 'network' }])
  expect(server.calls).toEqual([])
  reconnect()
  connector.start(settings)
  await vi.waitFor(() => expect(connector.getState().status).toBe('waiting'))
  expect(connects()).toEqual([{ provider: 'gmail', settings }])
  detach()
})

it('tries the same settings in this tab after the rest of the page could not be fetched', async () => {
  const { connector, connects, detach } = open()
  const reconnect = cutOff()
  connector.start(settings)
  await vi.waitFor(() => expect(connector.getState().status).toBe('failed'))
  reconnect()
  vi.stubGlobal('location', { href: window.location.href, origin: window.location.origin, assign: () => {} })
  connector.retryInThisTab()
  await vi.waitFor(() => expect(connects()).toMatchObject([{ provider: 'gmail', settings, returnTo: '/settings?tn_for=gmail' }]))
  detach()
})

it('does not start what was cancelled before it could, and opens a new window for the next start', async () => {
  const { popup, openWindow, connector, connects, detach } = open()
  connector.start(settings)
  connector.cancel()
  expect(connector.getState().status).toBe('idle')
  expect(popup.close).toHaveBeenCalledTimes(1)
  connector.start({ ...settings, name: 'Sales' })
  await vi.waitFor(() => expect(connector.getState().status).toBe('waiting'))
  expect(openWindow).toHaveBeenCalledTimes(2)
  expect(connects()).toEqual([{ provider: 'gmail', settings: { ...settings, name: 'Sales' } }])
  detach()
})

it('says that a sign-in that came back cannot be followed when the rest of the page cannot be fetched', async () => {
  cutOff()
  window.history.replaceState(null, '', '/settings?tn_for=gmail&tn_flow=flow-1')
  const { connector, detach } = open()
  expect(connector.getState().status).toBe('waiting')
  await vi.waitFor(() => expect(connector.getState()).toMatchObject({ status: 'failed', error: { code: 'network' } }))
  expect(window.location.search).toBe('')
  detach()
})
