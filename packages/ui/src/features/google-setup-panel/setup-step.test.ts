import { emptyGoogleBundle } from '@tenantry/sdk/model'
import type { GoogleBundle } from '@tenantry/sdk/model'
import { describe, expect, it } from 'vitest'
import { toForm } from './setup-form.ts'
import { firstOpenStep } from '../../elements/setup-panel/use-open-step.ts'
import { readSetupSteps } from './setup-step.ts'
import type { SetupFacts } from './setup-step.ts'
import { createFakeServer } from './testing/create-fake-client.ts'
import { configuredBundle, createConnection, createReport } from './testing/examples.ts'

const nothingDeclared = { gmailApi: false, calendarApi: false, pubsubApi: false, published: false }

async function read(bundle: GoogleBundle, facts: Partial<SetupFacts> = {}) {
  const status = await createFakeServer({ bundle, version: 1 }).client.google.status()
  const steps = readSetupSteps({
    status,
    form: toForm(status),
    invalid: new Set(),
    declared: nothingDeclared,
    services: ['gmail', 'calendar'],
    modes: ['managed', 'polling'],
    report: undefined,
    ...facts,
  })
  return { steps, states: Object.fromEntries(steps.map((step) => [step.id, step.state])) }
}

describe('the state of the steps', () => {
  it('locks only the last one until a client is saved', async () => {
    const { steps, states } = await read(emptyGoogleBundle)
    expect(states).toEqual({ project: 'todo', apis: 'todo', consent: 'todo', client: 'todo', notifications: 'todo', verify: 'locked' })
    expect(firstOpenStep(steps)).toBe('project')
  })

  it('takes what is saved as done and what was checked as verified', async () => {
    const report = createReport([
      { id: 'client_pair', status: 'pass' },
      { id: 'topic', status: 'fail', code: 'pubsub_forbidden' },
    ])
    const { states } = await read(configuredBundle, { report })
    expect(states).toMatchObject({ project: 'done', consent: 'done', client: 'verified', notifications: 'error', verify: 'attention' })
  })

  it('wants an external app published', async () => {
    const bundle = { ...configuredBundle, userType: 'external' as const }
    expect((await read(bundle)).states).toMatchObject({ consent: 'todo' })
    expect((await read(bundle, { declared: { ...nothingDeclared, published: true } })).states).toMatchObject({ consent: 'done' })
    const connections = [createConnection('Support', 'gmail', '2026-11-27T08:00:00.000Z')]
    const status = await createFakeServer({ bundle, version: 1, connections }).client.google.status()
    expect((await read(bundle, { status })).states).toMatchObject({ consent: 'attention' })
  })

  it('takes live connections as proof of APIs and sign-in screen', async () => {
    const connections = [createConnection('Support', 'gmail'), createConnection('Ops', 'google-calendar')]
    const status = await createFakeServer({ bundle: configuredBundle, version: 1, connections }).client.google.status()
    const { steps } = await read(configuredBundle, { status })
    expect(firstOpenStep(steps)).toBeNull()
  })

  it('does not count a mode that is not on offer', async () => {
    const bundle = { ...configuredBundle, notifications: 'manual' as const }
    expect((await read(bundle)).states).toMatchObject({ notifications: 'todo' })
  })

  it('has no notifications without Gmail', async () => {
    const { steps } = await read(configuredBundle, { services: ['calendar'] })
    expect(steps.map((step) => step.id)).toEqual(['project', 'apis', 'consent', 'client', 'verify'])
  })
})
