import { screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { expect } from 'vitest'
import { createBrowserWorld, renderInWorld } from '../../../testing/render-in-world.tsx'
import { stubWindows } from '../../../testing/sign-in-window.ts'
import { MicrosoftSharedMailboxForm } from '../index.ts'
import type { MicrosoftSharedMailboxFormProps } from '../index.ts'

type WorldArguments = Parameters<typeof createBrowserWorld>

/** The form as a host mounts it, over the real sdk in the state of a scenario; about the scenario's connection if it made one. */
export async function renderForm(scenario: WorldArguments[0], props: MicrosoftSharedMailboxFormProps = {}, options?: WorldArguments[1]) {
  const { world, connectionId } = await createBrowserWorld(scenario, options)
  const windows = stubWindows()
  const about = connectionId === '' ? {} : { connection: connectionId }
  const view = renderInWorld(world, <MicrosoftSharedMailboxForm {...about} {...props} />)

  /** Presses what signs in, and waits for Microsoft's page in the window. */
  const openWindow = async (button: string) => {
    const before = windows.length
    await view.user.click(await screen.findByRole('button', { name: button }))
    await waitFor(() => expect(windows[before]?.location).toMatch(/\/oauth2\/v2\.0\/authorize|\/adminconsent/))
    const opened = windows[before]
    if (opened === undefined) throw new Error('no window was opened')
    return opened
  }
  const fill = async ({ name = 'Sales', mailbox = 'sales@acme.test', way = 'Microsoft Graph' } = {}) => {
    await view.user.type(await screen.findByLabelText('Name'), name)
    await view.user.type(screen.getByLabelText('Shared mailbox address'), mailbox)
    await view.user.click(screen.getByRole('radio', { name: way }))
  }
  return { ...view, world, connectionId, windows, openWindow, fill }
}

export const radio = (name: string | RegExp) => screen.findByRole('radio', { name })

export const expectState = (state: string) =>
  waitFor(() => expect(document.querySelector('[data-tn-part="microsoft-shared-mailbox-form"]')).toHaveAttribute('data-state', state))

/** What axe finds; contrast needs pixels, and the browser tests look at it. */
export async function findAxeProblems(): Promise<unknown[]> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}
