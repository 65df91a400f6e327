import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { ConnectionFacts } from './connection-facts.tsx'
import { createConnection } from './testing/create-connection.ts'
import { createFakeConnections } from './testing/create-fake-client.ts'
import { renderWithin } from './testing/render-within.tsx'

it.each([
  [{ send: 'graph', receive: 'delta', oversize: 'smtp' }, 'Microsoft Graph; large messages by SMTP'],
  [{ send: 'graph', receive: 'imap', oversize: 'smtp' }, 'IMAP, sent with Microsoft Graph; large messages by SMTP'],
  [{ send: 'graph', receive: 'delta', oversize: 'refuse' }, 'Microsoft Graph'],
  // As connections were before there was a choice.
  [{ send: 'smtp', receive: 'imap' }, 'IMAP and SMTP'],
])('a shared mailbox with %j says how it sends', async (settings, words) => {
  const connection = createConnection({}, { provider: 'microsoft-shared-mailbox', settings })
  renderWithin(createFakeConnections([connection]), <ConnectionFacts connection={connection} />)
  expect((await screen.findByText('Send and receive')).nextElementSibling?.textContent).toBe(words)
})
