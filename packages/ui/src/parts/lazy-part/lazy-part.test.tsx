import { fireEvent, render, screen } from '@testing-library/react'
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { expect, it, vi } from 'vitest'
import { lazyPart } from './lazy-part.ts'

const show = (part: ReactNode) =>
  render(
    <>
      <p>The host’s page</p>
      <Suspense fallback="…">{part}</Suspense>
    </>,
  )

it('shows the part with its props', async () => {
  const Part = lazyPart(async () => ({ name }: { name: string }) => <p>Hello {name}</p>)
  show(<Part name="Dana" />)
  expect(await screen.findByText('Hello Dana')).toBeDefined()
})

it('whose code cannot be fetched says so in its place, and the page around it stays', async () => {
  const reload = vi.fn<() => void>()
  vi.stubGlobal('location', { reload })
  const Part = lazyPart<{ name: string }>(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))
  show(<Part name="Dana" />)
  expect((await screen.findByRole('alert')).textContent).toContain('could not be loaded')
  expect(screen.getByText('The host’s page')).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Reload the page' }))
  expect(reload).toHaveBeenCalledOnce()
})
