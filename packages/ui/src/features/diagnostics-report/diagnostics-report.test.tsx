import { TenantryError } from '@tenantry/sdk/errors'
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { DiagnosticsReportProps } from './index.ts'
import { createFakeDiagnostics, makeCheck } from './testing/create-fake-server.ts'
import { renderReport } from './testing/render-report.tsx'

const connection = { connectionId: 'con_1' }

/** Languages and dialogs are loaded when they are first needed, which takes its time on a busy machine. */
const whileLoading = { timeout: 10_000 }

const row = (name: string) => screen.getByText(name, { selector: 'strong' }).closest('li') as HTMLElement
const names = () => screen.getAllByRole('listitem').map((item) => item.getAttribute('data-check'))

const troubled = () => [
  makeCheck('base_url', 'pass', { actual: 'https://app.example.com' }),
  makeCheck('client_pair', 'pass'),
  makeCheck('redirect_uris', 'warn'),
  makeCheck('sa_key', 'fail', { code: 'key_rejected' }),
  makeCheck('topic', 'skip', { blockedBy: 'sa_key' }),
  makeCheck('publisher', 'skip', { blockedBy: 'topic' }),
]

describe('before the first run', () => {
  it('shows what will be checked and asks the server nothing', () => {
    const server = createFakeDiagnostics(troubled())
    const { container } = renderReport(server)
    expect(screen.getByText('Not checked yet')).toBeVisible()
    expect(row('Service account')).toHaveTextContent('Waiting')
    expect(container.querySelector('[data-state="pending"]')).not.toBeNull()
    expect(server.calls).toEqual([])
  })

  it('runs by itself with autoRun, and tells the host once', async () => {
    const server = createFakeDiagnostics([makeCheck('grant', 'pass')])
    const onFinish = vi.fn<NonNullable<DiagnosticsReportProps['onFinish']>>()
    const { events, show } = renderReport(server, { scope: connection, autoRun: true, onFinish })
    expect(screen.getByRole('status')).toHaveTextContent('Checking')
    expect(await screen.findByText('All good')).toBeVisible()
    show({ scope: { connectionId: 'con_1' }, autoRun: true, onFinish: () => undefined })
    expect(server.calls).toEqual(['diagnose con_1'])
    expect(onFinish).toHaveBeenCalledWith(expect.objectContaining({ checks: [expect.objectContaining({ id: 'grant' })] }))
    expect(events).toEqual([
      { type: 'diagnostics.started', component: 'diagnostics-report', connectionId: 'con_1' },
      { type: 'diagnostics.finished', component: 'diagnostics-report', connectionId: 'con_1', durationMs: 0 },
    ])
  })

  it('comes to its report in strict mode too', async () => {
    const server = createFakeDiagnostics([makeCheck('grant', 'pass')])
    const onFinish = vi.fn<NonNullable<DiagnosticsReportProps['onFinish']>>()
    renderReport(server, { autoRun: true, onFinish }, {}, { reactStrictMode: true })
    expect(await screen.findByText('All good')).toBeVisible()
    expect(onFinish).toHaveBeenCalledOnce()
  })

  it('asks again for another connection', async () => {
    const server = createFakeDiagnostics([makeCheck('grant', 'pass')])
    const { show } = renderReport(server, { scope: connection, autoRun: true })
    await screen.findByText('All good')
    show({ scope: { connectionId: 'con_2' }, autoRun: true })
    await screen.findByText('All good')
    expect(server.calls).toEqual(['diagnose con_1', 'diagnose con_2'])
  })
})

describe('a run', () => {
  it('keeps a row for each check, announces the count once, and puts the worst first', async () => {
    let release = () => {}
    const server = createFakeDiagnostics(troubled(), { hold: new Promise<void>((resolve) => (release = resolve)) })
    const { user, container } = renderReport(server)
    await user.click(screen.getByRole('button', { name: 'Run checks' }))
    expect(row('Service account')).toHaveTextContent('Checking')
    expect(screen.getByRole('button', { name: 'Run checks' })).toHaveAttribute('aria-busy', 'true')
    await user.click(screen.getByRole('button', { name: 'Run checks' }))
    release()
    expect(await screen.findByText('1 thing to fix, 1 warning')).toHaveAttribute('role', 'status')
    expect(names().slice(0, 4)).toEqual(['sa_key', 'redirect_uris', 'topic', 'publisher'])
    expect(screen.getByText('1 minute ago').parentElement).toHaveTextContent('Checked 1 minute ago, took 3.2 s')
    expect(row('Topic')).toHaveTextContent('Skipped: needs a working service account.')
    expect(row('Gmail may publish')).toHaveTextContent('Skipped: needs the topic.')
    expect(row('Redirect URIs')).toHaveTextContent('Not proven yet. It is checked at the first sign-in.')
    expect(screen.getByText('2 passed').closest('details')).not.toHaveAttribute('open')
    expect(container.querySelector('[data-state="ready"]')).not.toBeNull()
    expect(server.calls).toEqual(['test'])
  })

  it('asks only for the checks it is told, and shows only those', async () => {
    const server = createFakeDiagnostics(troubled())
    const { user } = renderReport(server, { checks: ['sa_key'] })
    expect(names()).toEqual(['sa_key'])
    await user.click(screen.getByRole('button', { name: 'Run checks' }))
    expect(await screen.findByText('1 thing to fix')).toBeVisible()
    expect(server.calls).toEqual(['test sa_key'])
  })

  it('says when it could not run, and keeps the last report when there is one', async () => {
    const server = createFakeDiagnostics([makeCheck('grant', 'pass')])
    server.fail.diagnose = new TenantryError('unavailable', { values: { requestId: 'req-EXAMPLE-1' } })
    const { user, container } = renderReport(server, { scope: connection })
    await user.click(screen.getByRole('button', { name: 'Run checks' }))
    expect(await screen.findByText('req-EXAMPLE-1')).toBeVisible()
    expect(container.querySelector('[data-state="error"]')).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('All good')).toBeVisible()
    server.fail.diagnose = new TenantryError('network')
    await user.click(screen.getByRole('button', { name: 'Run again' }))
    expect(await screen.findByText('Could not check again. Below is the last report.')).toBeVisible()
    expect(screen.getByText('All good')).toBeVisible()
    expect(container.querySelector('[data-state="stale"]')).not.toBeNull()
  })

  it('offers nothing to a person who may not', async () => {
    const server = createFakeDiagnostics([])
    server.fail.test = new TenantryError('forbidden')
    renderReport(server, { autoRun: true })
    expect(await screen.findByText('You cannot do this')).toBeVisible()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('stops asking when it leaves the screen', async () => {
    let release = () => {}
    const server = createFakeDiagnostics([makeCheck('grant', 'pass')], { hold: new Promise<void>((resolve) => (release = resolve)) })
    const onFinish = vi.fn<NonNullable<DiagnosticsReportProps['onFinish']>>()
    const { unmount } = renderReport(server, { autoRun: true, onFinish })
    unmount()
    release()
    await act(async () => undefined)
    expect(onFinish).not.toHaveBeenCalled()
  })
})

describe('a row', () => {
  it('shows both values with copy buttons, and what was seen on demand', async () => {
    const server = createFakeDiagnostics([
      makeCheck('subscription', 'fail', {
        code: 'pubsub_audience_mismatch',
        values: { expected: 'https://a.example', actual: 'https://b.example' },
        expected: 'https://a.example',
        actual: 'https://b.example',
        facts: {
          ackDeadlineSeconds: 1200,
          neverExpires: true,
          deadLetterTopic: null,
          openedAt: '2026-11-20T08:00:00.000Z',
          lookEveryMs: 300_000,
          ownFact: 'https://a.example',
        },
        durationMs: 431,
      }),
    ])
    const { user } = renderReport(server, { autoRun: true }, { timeZone: 'UTC' })
    await screen.findByText('1 thing to fix')
    const subscription = within(row('Push target and audience'))
    expect(subscription.getByText('Pushes go to another address.')).toBeVisible()
    await user.click(subscription.getByRole('button', { name: 'Copy actual value of Push target and audience' }))
    expect(await navigator.clipboard.readText()).toBe('https://b.example')
    await user.click(subscription.getByText('Details of Push target and audience'))
    const facts = subscription.getAllByRole('term').map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`)
    expect(facts).toEqual([
      'Time to acknowledge: 1,200 seconds',
      'Never expires: Yes',
      'Dead letter topic: None',
      expect.stringMatching(/^Opened: Nov 20, 2026, 8:00\sAM$/),
      'Looked at every: 5 minutes',
      'Own fact: https://a.example',
      'Took: 431 milliseconds',
    ])
  })

  it('does not read markup in what Google or a tenant wrote', async () => {
    const server = createFakeDiagnostics([
      makeCheck('topic', 'fail', { code: 'pubsub_topic_missing', values: { topic: '**a** `b` <i>c</i>' }, expected: '<b>x</b>' }),
    ])
    const { container } = renderReport(server, { autoRun: true })
    expect(await screen.findByText(/The topic \*\*a\*\* `b` <i>c<\/i> does not exist\./)).toBeVisible()
    expect(container.querySelector('li i, li b')).toBeNull()
  })

  it('can be checked alone, keeps its place when it passes, and the focus', async () => {
    const server = createFakeDiagnostics(troubled())
    const { user } = renderReport(server, { autoRun: true })
    const again = await screen.findByRole('button', { name: 'Check again: Service account' })
    server.checks[3] = makeCheck('sa_key', 'pass')
    await user.click(again)
    await waitFor(() => expect(row('Service account')).toHaveTextContent('Passed'))
    expect(server.calls).toEqual(['test', 'test sa_key'])
    expect(names()[0]).toBe('sa_key')
    expect(again).toHaveFocus()
    expect(screen.getByText('1 warning')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Run again' }))
    await waitFor(() => expect(names()[0]).toBe('redirect_uris'))
  })

  it('that passed and now fails moves up with the focus', async () => {
    const server = createFakeDiagnostics([makeCheck('client_pair', 'pass'), makeCheck('sa_key', 'fail', { code: 'key_rejected' })])
    const { user } = renderReport(server, { autoRun: true })
    await user.click(await screen.findByText('1 passed'))
    server.checks[0] = makeCheck('client_pair', 'fail', { code: 'app_client_id_invalid' })
    await user.click(screen.getByRole('button', { name: 'Check again: Client ID and secret' }))
    await waitFor(() => expect(screen.getByText('2 things to fix')).toBeVisible())
    expect(screen.getByRole('button', { name: 'Check again: Client ID and secret' })).toHaveFocus()
  })

  it('says why it could not be checked again, and nothing else changes', async () => {
    const server = createFakeDiagnostics(troubled())
    const { user } = renderReport(server, { autoRun: true })
    const again = await screen.findByRole('button', { name: 'Check again: Topic' })
    server.fail.test = new TenantryError('network')
    await user.click(again)
    expect(await within(row('Topic')).findByRole('alert')).toHaveTextContent('No connection')
    expect(row('Service account')).toHaveTextContent('Failed')
  })
})

describe('a slow Google', () => {
  it('is said, and what did not finish can be run again', async () => {
    const slow = { code: 'checks_slow' } as const
    const server = createFakeDiagnostics([makeCheck('grant', 'fail', slow), makeCheck('scopes', 'pass'), makeCheck('watch', 'fail', slow)])
    const { user } = renderReport(server, { scope: connection, autoRun: true })
    expect(await screen.findByText('Google is slow. 2 checks did not finish.')).toBeVisible()
    server.checks = [makeCheck('grant', 'pass'), makeCheck('scopes', 'pass'), makeCheck('watch', 'pass')]
    await user.click(screen.getByRole('button', { name: 'Run those again' }))
    expect(await screen.findByText('All good')).toBeVisible()
    expect(server.calls).toEqual(['diagnose con_1', 'diagnose con_1 grant,watch'])
  })
})

describe('a fix', () => {
  const repair = { id: 'repair', automatic: true } as const
  const lapsed = () => [
    makeCheck('grant', 'pass'),
    makeCheck('watch', 'fail', { code: 'watch_lapsed', fix: repair }),
    makeCheck('delivery', 'skip', { blockedBy: 'watch' }),
    makeCheck('maintenance', 'pass'),
  ]
  const mended = [makeCheck('grant', 'pass'), makeCheck('watch', 'pass'), makeCheck('delivery', 'pass'), makeCheck('maintenance', 'pass')]

  it('that we can do is done, then its check and those that waited for it run again', async () => {
    const server = createFakeDiagnostics(lapsed(), { onFix: () => (server.checks = mended) })
    const { user } = renderReport(server, { scope: connection, autoRun: true })
    const button = await screen.findByRole('button', { name: 'Renew now: Gmail watch or calendar channel' })
    let release = () => {}
    server.hold = new Promise<void>((resolve) => (release = resolve))
    await user.click(button)
    expect(button).toHaveAttribute('aria-busy', 'true')
    await user.click(button)
    server.hold = null
    release()
    await waitFor(() => expect(row('Last notification')).toHaveTextContent('Passed'))
    expect(server.calls).toEqual(['diagnose con_1', 'repair con_1', 'diagnose con_1 watch,delivery'])
    const done = within(row('Gmail watch or calendar channel')).getByRole('button', { name: /^Done/ })
    expect(done).toHaveFocus()
    expect(await screen.findByText('All good')).toBeVisible()
  })

  it('that has not helped after some seconds says so and stays on offer', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const server = createFakeDiagnostics(lapsed())
    const { user } = renderReport(server, { scope: connection, autoRun: true })
    await user.click(await screen.findByRole('button', { name: /^Renew now/ }))
    await waitFor(() => expect(server.calls).toHaveLength(3))
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    expect(screen.getByText(/^Done, and the check does not pass yet\./)).toBeVisible()
    expect(server.calls.filter((call) => call === 'diagnose con_1 watch,delivery')).toHaveLength(4)
    expect(screen.getByRole('button', { name: /^Renew now/ })).toBeEnabled()
    vi.useRealTimers()
  })

  it('that was refused says why', async () => {
    const server = createFakeDiagnostics(lapsed(), { fail: { repair: new TenantryError('forbidden') } })
    const { user } = renderReport(server, { scope: connection, autoRun: true })
    await user.click(await screen.findByRole('button', { name: /^Renew now/ }))
    expect(await within(row('Gmail watch or calendar channel')).findByRole('alert')).toHaveTextContent('You cannot do this')
    expect(server.calls).toEqual(['diagnose con_1', 'repair con_1'])
  })

  it.each([
    ['provision', 'Set up notifications again', 'provision'],
    ['sync', 'Sync now', 'sync con_1'],
    ['redrive', 'Try them again', 'redrive con_1'],
  ] as const)('%s calls its verb', async (id, label, call) => {
    const server = createFakeDiagnostics([makeCheck('items', 'warn', { fix: { id, automatic: true } })], {
      onFix: () => (server.checks = [makeCheck('items', 'pass')]),
    })
    const { user } = renderReport(server, { scope: connection, autoRun: true })
    await user.click(await screen.findByRole('button', { name: `${label}: Messages set aside` }))
    expect(await screen.findByText('All good')).toBeVisible()
    expect(server.calls[1]).toBe(call)
  })

  it('that only a person can do is handed to the host, or has no button', async () => {
    const onFix = vi.fn<NonNullable<DiagnosticsReportProps['onFix']>>()
    const server = createFakeDiagnostics([
      makeCheck('grant', 'fail', { code: 'grant_revoked', fix: { id: 'reconnect', automatic: false } }),
    ])
    const { user, show } = renderReport(server, { scope: connection, autoRun: true, onFix })
    await user.click(await screen.findByRole('button', { name: 'Reconnect: Sign-in valid' }))
    expect(onFix).toHaveBeenCalledWith('grant', 'reconnect')
    expect(server.calls).toHaveLength(1)
    show({ scope: connection, autoRun: true })
    expect(screen.queryByRole('button', { name: /^Reconnect/ })).toBeNull()
  })

  it('in the console is a link to Google, and nowhere else', async () => {
    const console = (href: string) => ({ fix: { id: 'open_console', automatic: false, href } as const })
    const server = createFakeDiagnostics([
      makeCheck('apis', 'fail', { code: 'api_not_enabled', ...console('https://console.cloud.google.com/apis/library') }),
      makeCheck('publishing', 'warn', { code: 'sign_in_ending', ...console('javascript:alert(1)') }),
    ])
    renderReport(server, { autoRun: true })
    const link = await screen.findByRole('link', { name: /^Open Google Cloud Console/ })
    expect(link).toHaveAttribute('href', 'https://console.cloud.google.com/apis/library')
    expect(link).toHaveAttribute('rel', 'noopener noreferrer')
    expect(screen.getAllByRole('link')).toHaveLength(1)
  })

  it('of a connection is not offered for the setup', async () => {
    const server = createFakeDiagnostics(lapsed())
    renderReport(server, { autoRun: true })
    expect(await screen.findByText('1 thing to fix')).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Renew now/ })).toBeNull()
  })
})

describe('a report that the host has', () => {
  it('is shown without a server, and offers what a person can do', async () => {
    const server = createFakeDiagnostics([])
    const onFix = vi.fn<NonNullable<DiagnosticsReportProps['onFix']>>()
    const report = {
      startedAt: '2026-11-21T07:58:56.800Z',
      finishedAt: '2026-11-21T07:59:00.000Z',
      checks: [
        makeCheck('labels', 'warn', { fix: { id: 'edit_labels', automatic: false } }),
        makeCheck('watch', 'fail', { code: 'watch_lapsed', fix: { id: 'repair', automatic: true } }),
      ],
    }
    const { user } = renderReport(server, { scope: connection, report, autoRun: true, onFix })
    await user.click(screen.getByRole('button', { name: 'Choose labels: Labels' }))
    expect(onFix).toHaveBeenCalledWith('labels', 'edit_labels')
    expect(screen.queryByRole('button', { name: /Run again|Renew now|Copy support bundle|Check again/ })).toBeNull()
    expect(server.calls).toEqual([])
  })
})

describe('the support bundle', () => {
  it('is read before it is copied, without addresses until asked for', async () => {
    const server = createFakeDiagnostics([])
    const { user, queryClient } = renderReport(server, { scope: connection })
    const opener = screen.getByRole('button', { name: 'Copy support bundle' })
    await user.click(opener)
    const dialog = within(await screen.findByRole('dialog', { name: 'Support bundle' }, whileLoading))
    const preview = await dialog.findByRole('region', { name: 'Content of the support bundle' })
    expect(preview).toHaveTextContent('h_3f9c@acme.test')
    await user.click(dialog.getByRole('checkbox', { name: 'Include addresses' }))
    await waitFor(() => expect(dialog.getByRole('region', { name: 'Content of the support bundle' })).toHaveTextContent('dana@acme.test'))
    await user.click(dialog.getByRole('button', { name: 'Copy support bundle' }))
    expect(JSON.parse(await navigator.clipboard.readText())).toMatchObject({ version: 1, bundle: { account: 'dana@acme.test' } })
    expect(server.calls).toEqual(['bundle con_1 without addresses', 'bundle con_1 with addresses'])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(opener).toHaveFocus())
    const kept = [queryClient.getQueryCache().getAll(), queryClient.getMutationCache().getAll()].map((all) => all.map(({ state }) => state))
    expect(JSON.stringify(kept)).not.toContain('dana@acme.test')
  })

  it('starts without addresses each time it is opened', async () => {
    const server = createFakeDiagnostics([])
    const { user } = renderReport(server)
    await user.click(screen.getByRole('button', { name: 'Copy support bundle' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Include addresses' }))
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Copy support bundle' }))
    expect(await screen.findByRole('checkbox', { name: 'Include addresses' })).not.toBeChecked()
    await waitFor(() => expect(server.calls).toEqual(['bundle without addresses', 'bundle with addresses', 'bundle without addresses']))
  })

  it('has no such box when strict, and none of it when the host says so', async () => {
    const server = createFakeDiagnostics([])
    const { user, show } = renderReport(server, { redact: 'strict' })
    await user.click(screen.getByRole('button', { name: 'Copy support bundle' }))
    await screen.findByRole('region', { name: 'Content of the support bundle' })
    expect(screen.queryByRole('checkbox')).toBeNull()
    await user.keyboard('{Escape}')
    show({ showSupportBundle: false })
    expect(screen.queryByRole('button', { name: 'Copy support bundle' })).toBeNull()
  })

  it('that could not be made says so, and can be asked for again', async () => {
    const server = createFakeDiagnostics([], { fail: { bundle: new TenantryError('unavailable') } })
    const { user } = renderReport(server)
    await user.click(screen.getByRole('button', { name: 'Copy support bundle' }))
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('region', { name: 'Content of the support bundle' })).toHaveTextContent('"version": 1')
  })
})

it('is worked by keyboard alone', async () => {
  const server = createFakeDiagnostics(troubled())
  const { user } = renderReport(server)
  await user.tab()
  await user.tab()
  expect(screen.getByRole('button', { name: 'Run checks' })).toHaveFocus()
  await user.keyboard('{Enter}')
  expect(await screen.findByText('1 thing to fix, 1 warning')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Run again' })).toHaveFocus()
  await user.tab()
  expect(screen.getByRole('button', { name: 'Check again: Service account' })).toHaveFocus()
})

it('speaks German', async () => {
  const server = createFakeDiagnostics(troubled())
  renderReport(server, { autoRun: true }, { locale: 'de' })
  expect(await screen.findByText('1 Punkt zu beheben, 1 Warnung', {}, whileLoading)).toBeVisible()
  expect(row('Topic')).toHaveTextContent('Übersprungen: Voraussetzung ist ein funktionierendes Dienstkonto.')
})
