// @vitest-environment node
import type { TenantryClient } from '@tenantry/sdk/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { ConnectionStatusBadge } from '../features/connection-status-badge/index.ts'
import {
  CalendarDate,
  Callout,
  Card,
  CopyBox,
  Dialog,
  Field,
  FileDrop,
  RadioGroup,
  SecretInput,
  StepList,
  TextInput,
} from '../parts/index.ts'
import { RelativeTime, TenantryProvider } from './index.ts'

const nothing = () => {}

function Page() {
  return (
    <TenantryProvider
      client={{} as TenantryClient}
      appName="Helpdesk"
      locale="de"
      theme={{ 'color-accent': 'rebeccapurple' }}
      colorScheme="dark"
    >
      <Card part="panel" title="Google" aside={<ConnectionStatusBadge status={null} showDetail />}>
        <StepList label="Steps" open="a" onOpenChange={nothing} steps={[{ id: 'a', title: 'A', state: 'active', content: <Form /> }]} />
      </Card>
      <ConnectionStatusBadge connectionId="con_1" />
      <Dialog open={false} onOpenChange={nothing} title="Reset" />
    </TenantryProvider>
  )
}

function Form() {
  return (
    <>
      <Callout tone="danger" title="No" />
      <RelativeTime iso="2026-11-21T06:33:20Z" />
      <CalendarDate iso="2026-11-03T23:30:00Z" />
      <CopyBox rows={[{ what: 'URI', value: 'https://app.example.com' }]} />
      <Field label="Project ID" error="No">
        <TextInput code />
      </Field>
      <RadioGroup legend="Who" value={null} onChange={nothing} options={[{ value: 'a', label: 'A' }]} />
      <SecretInput label="Secret" fact={{ set: true, updatedAt: '2026-11-03T10:00:00Z' }} value={{ action: 'keep' }} onChange={nothing} />
      <FileDrop label="File" hint="Drop" read={() => ({ ok: true, value: 1 })} onRead={nothing} />
    </>
  )
}

describe('on the server', () => {
  it('renders without a window, without style attributes, and the same at any time', () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-21T10:00:00Z') })
    const first = renderToString(<Page />)
    vi.setSystemTime(Date.parse('2031-01-01T00:00:00Z'))
    const second = renderToString(<Page />)
    vi.useRealTimers()
    expect(second).toBe(first)
    expect(first).not.toMatch(/\sstyle=/)
    expect(first).toContain('2026-11-21 06:33 UTC')
    expect(first).toContain('>2026-11-03<')
    expect(first).toContain('data-tn-color-scheme="dark"')
  })
})
