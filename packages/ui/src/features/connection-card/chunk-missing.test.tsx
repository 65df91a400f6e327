import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { createConnection } from '../../elements/connection-card/testing/create-connection.ts'
import { createFakeConnections } from '../../elements/connection-card/testing/create-fake-client.ts'
import { renderWithin } from '../../elements/connection-card/testing/render-within.tsx'
import { ConnectionCard } from './index.ts'

vi.mock('../../elements/connection-card/connection-notice.tsx', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

it('a card whose later code is gone, as after a new deployment, keeps what it shows and says what is missing', async () => {
  renderWithin(
    createFakeConnections([createConnection({ status: 'needs_reauth', reason: 'grant_revoked' })]),
    <ConnectionCard connection="con_1" />,
  )
  expect((await screen.findByRole('alert')).textContent).toContain('could not be loaded')
  expect(screen.getByRole('heading').textContent).toContain('Support')
})
