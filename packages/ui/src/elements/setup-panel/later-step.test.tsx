import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { TenantryProvider } from '../../provider/index.ts'
import { LaterStep } from './later-step.tsx'
import { useLaterSteps } from './use-later-steps.ts'
import type { StepContents } from './use-later-steps.ts'

const client = {} as Parameters<typeof TenantryProvider>[0]['client']

function Panel({ fetchLater }: { fetchLater: () => Promise<StepContents> }) {
  return <LaterStep id="secret" later={useLaterSteps(fetchLater)} />
}

const show = (fetchLater: () => Promise<StepContents>) =>
  render(
    <TenantryProvider client={client} appName="Helpdesk">
      <Panel fetchLater={fetchLater} />
    </TenantryProvider>,
  )

it('a step whose code is under way keeps its place, then shows its own content', async () => {
  let arrive: (steps: StepContents) => void = () => undefined
  const code = new Promise<StepContents>((resolve) => {
    arrive = resolve
  })
  const { container } = show(() => code)
  expect(container.querySelector('.tn-skeleton')).not.toBeNull()
  arrive({ secret: () => <p>The secret</p>, verify: () => <p>The checks</p> })
  expect(await screen.findByText('The secret')).toBeVisible()
  expect(screen.queryByText('The checks')).toBeNull()
  expect(container.querySelector('.tn-skeleton')).toBeNull()
})

it('a step whose code did not come says so, and is fetched again on request', async () => {
  const user = userEvent.setup()
  const answers = [Promise.reject<StepContents>(new TypeError('Failed to fetch')), Promise.resolve({ secret: () => <p>The secret</p> })]
  const fetchLater = () => answers.shift() ?? Promise.reject(new TypeError('Failed to fetch'))
  show(fetchLater)
  expect(await screen.findByRole('alert')).toHaveTextContent('No connection')
  await user.click(screen.getByRole('button', { name: /again/i }))
  expect(await screen.findByText('The secret')).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
})
