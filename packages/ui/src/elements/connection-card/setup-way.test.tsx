import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { connectedGmail, notConfigured } from '../../../../../.storybook/scenarios.ts'
import { mailboxBlockedByApp } from '../../../../../.storybook/microsoft-scenarios.ts'
import { microsoftAppBroken } from '../../../../../.storybook/mixed-scenarios.ts'
import { ConnectionCard } from '../../features/connection-card/index.ts'
import { ConnectionList } from '../../features/connection-list/index.ts'
import type { VendorId } from '../../features/connection-list/index.ts'
import { createBrowserWorld, renderInWorld } from '../../testing/render-in-world.tsx'
import { setupWayOf } from './setup-way.ts'

const everything = ['gmail', 'google-calendar', 'microsoft-shared-mailbox']
const byVendor = (vendor: VendorId) => `/settings/${vendor}`

describe('setupWayOf', () => {
  it('takes one address for all, or one for each vendor', () => {
    expect(setupWayOf({ setupHref: '/settings' }, 'microsoft').setupHref).toBe('/settings')
    expect(setupWayOf({ setupHref: byVendor }, 'microsoft').setupHref).toBe('/settings/microsoft')
    expect(setupWayOf({}, 'google')).toEqual({ setupHref: undefined, onOpenSetup: undefined })
  })

  it('tells the host whose panel to show', () => {
    const onOpenSetup = vi.fn<(vendor: VendorId) => void>()
    setupWayOf({ onOpenSetup }, 'google').onOpenSetup?.()
    expect(onOpenSetup).toHaveBeenCalledExactlyOnceWith('google')
  })
})

describe('a broken Microsoft app', () => {
  it('sends a card’s reader to Microsoft’s page', async () => {
    const { world, connectionId } = await createBrowserWorld(mailboxBlockedByApp)
    renderInWorld(world, <ConnectionCard connection={connectionId} setupHref={byVendor} />)
    expect(await screen.findByRole('link', { name: 'Open Microsoft setup' })).toHaveAttribute('href', '/settings/microsoft')
  })

  it.each(['cards', 'table'] as const)('sends the list’s reader there too, once above all: %s', async (view) => {
    const onOpenSetup = vi.fn<(vendor: VendorId) => void>()
    const { world } = await createBrowserWorld(microsoftAppBroken)
    const { user } = renderInWorld(world, <ConnectionList providers={everything} view={view} onOpenSetup={onOpenSetup} />)
    await user.click(await screen.findByRole('button', { name: 'Open Microsoft setup' }))
    expect(onOpenSetup).toHaveBeenCalledExactlyOnceWith('microsoft')
    expect(screen.queryByRole('button', { name: 'Open Google setup' })).not.toBeInTheDocument()
  })
})

describe('an empty list', () => {
  it('leads to the setup of each vendor that the host offers', async () => {
    const { world } = await createBrowserWorld(notConfigured)
    renderInWorld(world, <ConnectionList providers={everything} onAdd={() => {}} setupHref={byVendor} />)
    expect(await screen.findByRole('link', { name: 'Open Google setup' })).toHaveAttribute('href', '/settings/google')
    expect(await screen.findByRole('link', { name: 'Open Microsoft setup' })).toHaveAttribute('href', '/settings/microsoft')
  })

  it('speaks of no vendor that the host does not offer', async () => {
    const { world } = await createBrowserWorld(notConfigured)
    renderInWorld(world, <ConnectionList providers={['microsoft-shared-mailbox']} onAdd={() => {}} setupHref={byVendor} />)
    expect(await screen.findByText('Microsoft is not set up yet')).toBeVisible()
    expect(screen.queryByText('Google is not set up yet')).not.toBeInTheDocument()
  })

  it('asks nothing of an app that works', async () => {
    const { world } = await createBrowserWorld(async (fresh) => void (await connectedGmail(fresh)))
    renderInWorld(world, <ConnectionList providers={everything} setupHref={byVendor} />)
    expect(await screen.findByRole('heading', { name: 'Support' })).toBeVisible()
    expect(screen.queryByText(/is not set up yet/)).not.toBeInTheDocument()
  })
})
