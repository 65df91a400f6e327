import type { TenantryClient } from '@tenantry/sdk/client'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Button, CopyButton, Link, Root, Text } from '../parts/index.ts'
import { RelativeTime, TenantryProvider, useTenantry } from './index.ts'
import type { Notice, TenantryProviderProps, UiEvent } from './index.ts'

const client = {} as TenantryClient

function renderIn(children: ReactNode, props: Partial<TenantryProviderProps> = {}) {
  return render(
    <TenantryProvider client={client} appName="Helpdesk" {...props}>
      {children}
    </TenantryProvider>,
  )
}

afterEach(() => vi.useRealTimers())

describe('TenantryProvider', () => {
  it('renders no element of its own', () => {
    const { container } = renderIn('text')
    expect(container.innerHTML).toBe('text')
  })

  it('gives roots their scheme, direction, language and theme', () => {
    renderIn(<Root part="panel">content</Root>, { colorScheme: 'dark', locale: 'ar', theme: { 'color-accent': 'rebeccapurple' } })
    const root = screen.getByText('content')
    expect(root).toHaveAttribute('data-tn-color-scheme', 'dark')
    expect(root).toHaveAttribute('dir', 'rtl')
    expect(root).toHaveAttribute('lang', 'ar')
    expect(root.style.getPropertyValue('--tn-color-accent')).toBe('rebeccapurple')
  })

  it('adds the host’s class and, on request, a test id to each part', () => {
    renderIn(<Button>Save</Button>, { classNames: { button: 'host-button' }, testIds: true })
    expect(screen.getByTestId('tn-button')).toHaveClass('tn-button', 'host-button')
  })

  it('starts in English and changes to the loaded pack, under the host’s own wording', async () => {
    const messages = { copy: { copy: 'Abschreiben' } }
    renderIn(<CopyButton value="x" what="Wert" />, { locale: 'de', messages })
    expect(screen.getByRole('button', { name: 'Copy Wert' })).toBeVisible()
    expect(await screen.findByRole('button', { name: 'Wert kopieren' })).toHaveTextContent('Abschreiben')
  })

  it('stays in English and tells the host when a pack does not load', async () => {
    const onNotice = vi.fn<(notice: Notice) => void>()
    renderIn(<CopyButton value="x" what="value" />, { locale: 'de', onNotice, loadMessages: () => Promise.reject(new Error('offline')) })
    await vi.waitFor(() => expect(onNotice).toHaveBeenCalledWith(expect.objectContaining({ tone: 'warning' })))
    expect(screen.getByRole('button', { name: 'Copy value' })).toBeVisible()
  })

  it('sends internal links through the host’s router, external ones to a new tab', async () => {
    const navigate = vi.fn<(href: string) => void>()
    const onEvent = vi.fn<(event: UiEvent) => void>()
    const user = userEvent.setup()
    renderIn(
      <>
        <Link href="/settings">Settings</Link>
        <Link href="#console" external="Google Cloud Console">
          Clients
        </Link>
      </>,
      { navigate, onEvent },
    )
    await user.click(screen.getByRole('link', { name: 'Settings' }))
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/settings')
    const external = screen.getByRole('link', { name: 'Clients (opens Google Cloud Console in a new tab)' })
    expect(external).toHaveAttribute('target', '_blank')
    expect(external).toHaveAttribute('rel', 'noopener noreferrer')
    await user.click(external)
    expect(navigate).toHaveBeenCalledOnce()
    expect(onEvent).toHaveBeenCalledWith({ type: 'external_link', component: 'link' })
  })

  it('renders marks as elements and never reads them from values', () => {
    const { container } = renderIn(<Text values={{ name: '**x** <b>y</b>' }}>{'Open **Clients** of `{name}` in {app}'}</Text>)
    expect(container.querySelector('strong')).toHaveTextContent('Clients')
    expect(container.querySelector('code')).toHaveTextContent('**x** <b>y</b>')
    expect(container).toHaveTextContent('in Helpdesk')
  })

  it('keeps relative times going through one shared timer', () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-21T10:00:00Z') })
    const times = (
      <>
        <RelativeTime iso="2026-11-21T09:56:00Z" />
        <RelativeTime iso="2026-11-21T11:00:00Z" />
      </>
    )
    const { unmount } = renderIn(times)
    expect(screen.getByText('4 minutes ago')).toHaveAttribute('datetime', '2026-11-21T09:56:00Z')
    expect(vi.getTimerCount()).toBe(1)
    act(() => vi.advanceTimersByTime(60_000))
    expect(screen.getByText('5 minutes ago')).toBeVisible()
    expect(screen.getByText('in 59 minutes')).toBeVisible()
    unmount()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('says what is missing when a component stands outside', () => {
    function Lost() {
      useTenantry()
      return null
    }
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => render(<Lost />)).toThrow(/TenantryProvider/)
  })
})
