import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { microsoftConfigured } from '../../../../../.storybook/microsoft-scenarios.ts'
import type { createBrowserWorld } from '../../testing/render-in-world.tsx'
import { renderPanel } from './testing/render-panel.tsx'

afterEach(() => vi.unstubAllGlobals())

type Choices = NonNullable<Parameters<typeof createBrowserWorld>[1]>['choices'] & {}

/** What is said of the permission for SMTP, in a deployment that offers these ways. */
async function chipsOf(name: string, choices: Choices): Promise<(string | null)[]> {
  await renderPanel(microsoftConfigured, { initialStep: 'permissions' }, { choices })
  const [value, ...others] = await screen.findAllByText(name, { selector: 'code, code *' })
  expect(others).toEqual([])
  const row = value?.closest<HTMLElement>('.tn-copy-row')
  if (!row) throw new Error(`${name} stands in no row`)
  return within(row)
    .queryAllByText(/./, { selector: '.tn-chip' })
    .map(({ textContent }) => textContent)
}

describe('the permission that SMTP needs beside Graph', () => {
  it('is listed and marked as one that may be left out', async () => {
    expect(await chipsOf('SMTP.Send', [{ send: 'graph', receive: 'delta' }])).toEqual(['Large messages by SMTP, optional'])
  })

  it('is listed once where several ways can have it', async () => {
    const choices = [
      { send: 'graph', receive: 'delta' },
      { send: 'graph', receive: 'imap' },
    ] as const
    expect(await chipsOf('SMTP.Send', choices)).toEqual(['Large messages by SMTP, optional'])
  })

  it('is marked with the way that needs it besides', async () => {
    const choices = [
      { send: 'graph', receive: 'delta' },
      { send: 'smtp', receive: 'imap' },
    ] as const
    expect(await chipsOf('SMTP.Send', choices)).toEqual(['IMAP and SMTP', 'Large messages by SMTP, optional'])
  })

  it('leaves what every way needs without a mark', async () => {
    expect(await chipsOf('Mail.Send.Shared', [{ send: 'graph', receive: 'delta' }])).toEqual([])
  })
})
