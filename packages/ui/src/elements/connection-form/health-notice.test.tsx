import { testPrincipal as principal } from '@tenantry/sdk/testing'
import { configure, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { mailboxBlockedByApp, mailboxNeedsReauth, noFullAccess } from '../../../../../.storybook/microsoft-scenarios.ts'
import { MicrosoftSharedMailboxForm } from '../../features/microsoft-shared-mailbox-form/index.ts'
import { createBrowserWorld, renderInWorld } from '../../testing/render-in-world.tsx'

// The notice loads when there is something to say, which takes its time on a busy machine.
beforeAll(() => configure({ asyncUtilTimeout: 5_000 }))
afterEach(() => vi.unstubAllGlobals())

describe('a connection that Microsoft refused', () => {
  it.each([
    ['the mailbox', noFullAccess],
    ['the sign-in', mailboxNeedsReauth],
    ['the app', mailboxBlockedByApp],
  ])('shows the id of the request that was refused: %s', async (_, scenario) => {
    const { world, connectionId } = await createBrowserWorld(scenario)
    const { health } = await world.sdk.sharedMailbox.get({ principal, connectionId })
    const { user } = renderInWorld(world, <MicrosoftSharedMailboxForm connection={connectionId} />)
    const copy = await screen.findByRole('button', { name: 'Copy Microsoft request ID' })
    expect(health.values['microsoftRequestId']).toMatch(/^[0-9a-f-]{36}$/)
    await user.click(copy)
    expect(await navigator.clipboard.readText()).toBe(health.values['microsoftRequestId'])
  })
})
