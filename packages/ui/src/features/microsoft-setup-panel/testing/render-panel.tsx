import { screen } from '@testing-library/react'
import { expect } from 'vitest'
import { createBrowserWorld, renderInWorld } from '../../../testing/render-in-world.tsx'
import { MicrosoftSetupPanel } from '../index.ts'
import type { MicrosoftSetupPanelProps } from '../index.ts'

type WorldArguments = Parameters<typeof createBrowserWorld>

let tenants = 0

/** The panel as a host mounts it, over the real sdk in the state of a scenario; settled. */
export async function renderPanel(scenario: WorldArguments[0], props: MicrosoftSetupPanelProps = {}, options?: WorldArguments[1]) {
  const { world } = await createBrowserWorld(scenario, options)
  // What was ticked is remembered per tenant: each test is a tenant of its own to the page.
  tenants += 1
  const view = renderInWorld(world, <MicrosoftSetupPanel {...props} />, { tenantId: `tenant-${tenants}` })
  await screen.findByRole('heading', { name: 'Microsoft 365' })
  await expect.poll(() => view.container.querySelector('[data-state="loading"]')).toBeNull()
  const fill = async (label: string, text: string) => {
    const field = await screen.findByLabelText(label)
    await view.user.clear(field)
    await view.user.click(field)
    await view.user.paste(text)
    await view.user.tab()
    return field
  }
  const openStep = async (name: RegExp) => view.user.click(await screen.findByRole('button', { name }))
  const save = () => view.user.click(screen.getByRole('button', { name: 'Save' }))
  return { ...view, world, fill, openStep, save }
}

/** State of the whole panel. */
export const stateOf = (container: HTMLElement) => container.querySelector('.tn-microsoft-setup-panel')?.getAttribute('data-state')

export const saved = () => screen.findByText('Saved.', { selector: '.tn-card-note' })
