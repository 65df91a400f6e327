import { TenantryError } from '@tenantry/sdk/errors'
import { QueryClient } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { queryKeys } from '../../data/index.ts'
import { TenantryProvider } from '../../provider/index.ts'
import { GoogleSetupPanel } from './google-setup-panel.tsx'
import { createFakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, exampleProject } from './testing/examples.ts'
import { renderPanel } from './testing/render-panel.tsx'
import type { GoogleSetupStepId } from './setup-step.ts'
import { saying } from '../../testing/saying.ts'

const configured = () => createFakeServer({ bundle: configuredBundle, version: 1 })
const forbidden = { permissions: { save: false, test: false, reset: false } }

async function findAxeProblems(container: HTMLElement): Promise<string[]> {
  // Contrast needs pixels; the browser tests look at it.
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

describe('when the settings are not known', () => {
  it('says so, and never that nothing is set up', async () => {
    const server = configured()
    server.client.google.status = () => Promise.reject(new TenantryError('unavailable'))
    const { user } = await renderPanel(server)
    expect(await screen.findByText('Temporarily unavailable')).toBeInTheDocument()
    expect(screen.queryByText('Not set up')).not.toBeInTheDocument()
    server.client.google.status = configured().client.google.status
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Ready')).toBeInTheDocument()
  })

  it('tells people without permission whom to ask', async () => {
    const server = configured()
    server.client.google.status = () => Promise.reject(new TenantryError('forbidden'))
    await renderPanel(server)
    expect(await screen.findByText('Ask someone with the manage integrations permission.')).toBeInTheDocument()
  })
})

describe('for readers', () => {
  it.each([
    [
      'without the permission',
      { server: createFakeServer({ bundle: configuredBundle, version: 1, overrides: forbidden }), props: {} },
      'You cannot change this',
    ],
    ['in a read-only place', { server: configured(), props: { readOnly: true } }, 'These settings are shown for reading only.'],
  ])('shows facts and no fields %s', async (_, { server, props }, words) => {
    const { container } = await renderPanel(server, props)
    expect(screen.getByText(words)).toBeInTheDocument()
    expect(screen.getByText(exampleProject)).toBeInTheDocument()
    expect(container.querySelectorAll('input, textarea, form')).toHaveLength(0)
    expect(screen.getAllByText(saying(/by Dana/)).length).toBeGreaterThan(0)
  })
})

describe('the configured panel', () => {
  it('opens nothing by itself once all is done, and sums each step up', async () => {
    const { container } = await renderPanel(configured())
    expect(container.querySelectorAll('[aria-expanded="true"]')).toHaveLength(0)
    // Of its own direction: in an Arabic page the number would end up behind the name.
    expect(screen.getByText('123456789012-…cdef.apps.googleusercontent.com')).toHaveAttribute('dir', 'ltr')
    expect(screen.getByText(exampleProject)).toHaveAttribute('dir', 'ltr')
    expect(screen.getByText('Ready')).toBeInTheDocument()
  })
})

describe('with the keyboard alone', () => {
  it('walks through every step and back to Save', async () => {
    const { server, user } = await renderPanel(createFakeServer())
    screen.getByRole('button', { name: /Choose a Google Cloud project/ }).focus()
    await user.tab()
    expect(screen.getByRole('link', { name: /New project/ })).toHaveFocus()
    await user.tab()
    expect(screen.getByLabelText('Project ID')).toHaveFocus()
    await user.paste(exampleProject)
    await user.tab()
    expect(screen.getByRole('button', { name: 'Next step' })).toHaveFocus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByRole('button', { name: /Enable the APIs/ })).toHaveFocus())
    await user.keyboard('{ArrowDown}{Enter}')
    expect(await screen.findByRole('radio', { name: /Internal/ })).toBeInTheDocument()
    await user.tab()
    await user.keyboard(' ')
    expect(screen.getByRole('radio', { name: /Internal/ })).toBeChecked()
    screen.getByRole('button', { name: 'Save' }).focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(server.saves).toHaveLength(1))
    expect(server.saves[0]).toMatchObject({ userType: 'internal', projectId: { value: exampleProject } })
  })
})

describe('the wizard', () => {
  it('goes on and back, one step at a time', async () => {
    const { user } = await renderPanel(createFakeServer({ bundle: { ...configuredBundle }, version: 1 }), {
      layout: 'wizard',
      initialStep: 'project',
    })
    await user.click(screen.getByRole('button', { name: 'Next step' }))
    await waitFor(() => expect(screen.getByRole('button', { name: /Enable the APIs/ })).toHaveAttribute('aria-expanded', 'true'))
    await user.click(await screen.findByRole('button', { name: 'Back' }))
    expect(screen.getByRole('button', { name: /Choose a Google Cloud project/ })).toHaveAttribute('aria-expanded', 'true')
  })
})

describe('server and browser', () => {
  it('agree on the first render', async () => {
    const server = configured()
    const queryClient = new QueryClient()
    queryClient.setQueryData(queryKeys.googleSetup('acme'), await server.client.google.status())
    const page = (
      <TenantryProvider client={server.client} appName="Helpdesk" tenantId="acme" queryClient={queryClient}>
        <GoogleSetupPanel initialStep="client" />
      </TenantryProvider>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(page)
    document.body.append(container)
    const problems: unknown[] = []
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: (error) => problems.push(error) }))
    expect(await screen.findByRole('button', { name: 'Replace Client ID' })).toBeInTheDocument()
    expect(problems).toEqual([])
    act(() => root.unmount())
    container.remove()
  })
})

describe('for assistive technology', () => {
  const steps: GoogleSetupStepId[] = ['project', 'apis', 'consent', 'client', 'notifications', 'verify']

  it.each(steps)('step %s has no faults that axe knows', async (initialStep) => {
    const { container } = await renderPanel(configured(), { initialStep })
    await waitFor(() => expect(container.querySelector('.tn-skeleton')).toBeNull())
    expect(await findAxeProblems(container)).toEqual([])
  })

  it('readers and errors have none either', async () => {
    const server = configured()
    server.client.google.status = () => Promise.reject(new TenantryError('unavailable'))
    const failed = await renderPanel(server)
    await screen.findByText('Temporarily unavailable')
    expect(await findAxeProblems(failed.container)).toEqual([])
    failed.unmount()
    const reader = await renderPanel(configured(), { readOnly: true })
    expect(await findAxeProblems(reader.container)).toEqual([])
  })
})
