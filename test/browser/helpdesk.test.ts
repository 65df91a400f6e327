import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright'
import { launchChromium, whyNoChromium } from './chromium.ts'
import { consent, openSignIn, useCalendar, useCloudConsole } from './google-side.ts'
import type { ConsoleValues } from './google-side.ts'
import { findPorts, runHelpdesk } from './run-helpdesk.ts'
import type { HelpdeskPorts, RunningHelpdesk } from './run-helpdesk.ts'

const reason = whyNoChromium()

describe.skipIf(reason !== null)('the helpdesk, as a new user meets it', { timeout: 90_000 }, () => {
  let ports: HelpdeskPorts
  let folder: string
  let helpdesk: RunningHelpdesk
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let google: ConsoleValues
  /** Everything that a browser was sent, for the canary scan. */
  const seen: string[] = []
  let output = ''

  beforeAll(async () => {
    ports = await findPorts()
    folder = await mkdtemp(join(tmpdir(), 'tenantry-helpdesk-'))
    helpdesk = await runHelpdesk(ports, folder)
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1200, height: 900 }, timezoneId: 'UTC', locale: 'en-US' })
    page = await context.newPage()
    context.on('response', async (response) => {
      if (!response.url().startsWith(helpdesk.url)) return
      const body = await response.text().catch(() => '')
      seen.push(JSON.stringify(response.headers()), body)
    })
    context.on('console', (message) => seen.push(message.text()))
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await helpdesk?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const openIntegrations = async (): Promise<void> => {
    await page.goto(`${helpdesk.url}/settings/integrations`)
    await page.getByRole('region', { name: 'Connections' }).waitFor()
  }
  const connections = () => page.getByRole('region', { name: 'Connections' })
  const openForm = (name: 'Connect Gmail' | 'Connect Google Calendar') => connections().getByRole('button', { name }).click()
  const connect = (options: Parameters<typeof consent>[1]) =>
    signIn(() => page.getByRole('button', { name: 'Connect with Google' }).click(), options)
  const signIn = async (click: () => Promise<void>, options: Parameters<typeof consent>[1]): Promise<void> => {
    const window = await openSignIn(context, click)
    await consent(window, options)
    if (!window.isClosed()) await window.waitForEvent('close', { timeout: 10_000 }).catch(() => undefined)
  }
  const fillGmailForm = async (): Promise<void> => {
    await openIntegrations()
    await openForm('Connect Gmail')
    await page.getByLabel('Name', { exact: true }).fill('Support')
    await page.getByLabel('Gmail address').fill('support@acme.test')
  }
  const viewAs = async (person: RegExp): Promise<void> => {
    const select = page.getByRole('combobox', { name: 'Viewing as' })
    const label = await select.locator('option').filter({ hasText: person }).first().innerText()
    await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/session') && response.request().method() === 'POST'),
      select.selectOption({ label }),
    ])
  }

  /** A date so many days from now, in UTC as the whole test is. */
  const dateIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  /** The second date of the weekly series that the sandbox begins with. */
  const day = dateIn(8)
  const showWeek = async (): Promise<void> => {
    await page.goto(`${helpdesk.url}/on-call?week=${day}`)
    await page.getByRole('button', { name: 'This week' }).waitFor()
  }
  /** On its first day, where it goes on into the next. */
  const shift = (title: string) =>
    page
      .locator('.days li li')
      .filter({ has: page.getByText(title, { exact: true }) })
      .first()

  it('names what is wrong with swapped and masked values at their field, and sends nothing', async () => {
    const console = await context.newPage()
    await console.goto(helpdesk.sandboxUrl)
    google = await useCloudConsole(console, [
      `${helpdesk.url}/api/auth/google/callback`,
      `${helpdesk.url}/api/auth/google/calendar/callback`,
    ])
    await console.close()
    await openIntegrations()
    const saves: string[] = []
    page.on('request', (request) => void (request.method() === 'PATCH' && saves.push(request.url())))
    await page.getByRole('button', { name: /Step 4 of 6/ }).click()
    await page.getByRole('textbox', { name: 'Client ID' }).fill(google.clientSecret)
    await page.getByLabel('Client secret', { exact: true }).fill('••••••••')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => page.getByText('That is the client secret').isVisible()).toBe(true)
    await expect
      .poll(() =>
        page
          .getByText(/looks like a masked value/)
          .first()
          .isVisible(),
      )
      .toBe(true)
    expect(saves).toEqual([])
  })

  it('sets Google up with the panel alone, and the checks pass', async () => {
    await openIntegrations()
    await page.getByRole('textbox', { name: 'Project ID' }).fill(google.projectId)
    await page.getByRole('button', { name: /Step 4 of 6/ }).click()
    expect(await page.getByRole('textbox', { name: 'Project ID' }).isVisible()).toBe(false)
    await page.getByRole('textbox', { name: 'Client ID' }).fill(google.clientId)
    await page.getByLabel('Client secret', { exact: true }).fill(google.clientSecret)
    await page.getByRole('button', { name: /Step 5 of 6/ }).click()
    await page
      .locator('input[type=file]:visible, input[type=file]')
      .last()
      .setInputFiles({ name: 'key.json', mimeType: 'application/json', buffer: Buffer.from(google.keyFile) })
    await page.getByText(/Read key\.json/).waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByRole('button', { name: /Step 6 of 6/ }).click()
    await page.getByRole('button', { name: 'Run checks' }).click()
    await page.getByText('Google is ready.', { exact: false }).waitFor()
  })

  it('refuses the wrong account and names both', async () => {
    await fillGmailForm()
    await connect({ account: 'dana@acme.test' })
    await page.getByText(/Expected support@acme\.test, got dana@acme\.test/).waitFor()
    expect(await connections().getByText('support@acme.test').count()).toBe(0)
  })

  it('refuses a sign-in with an unticked permission', async () => {
    await fillGmailForm()
    await connect({ account: 'support@acme.test', untick: /View your email/ })
    await page.getByText('Some permissions were not allowed').first().waitFor()
  })

  it('refuses a sign-in that took longer than ten minutes', async () => {
    await fillGmailForm()
    const window = await openSignIn(context, () => page.getByRole('button', { name: 'Connect with Google' }).click())
    const advanced = await page.request.post(`${helpdesk.sandboxUrl}/console/clock`, { data: { advance: 11 * 60_000 } })
    expect([advanced.status(), await advanced.text()]).toEqual([200, expect.any(String)])
    await consent(window, { account: 'support@acme.test' })
    await page.getByText('The sign-in took too long').first().waitFor()
    expect(await connections().getByText('support@acme.test').count()).toBe(0)
  })

  it('says so when the window is blocked, and goes on in this tab', async () => {
    await fillGmailForm()
    await page.evaluate(() => {
      window.open = () => null
    })
    await page.getByRole('button', { name: 'Connect with Google' }).click()
    await page.getByText('Your browser blocked the Google window.').first().waitFor()
    await page.getByRole('button', { name: 'Continue in this tab' }).click()
    await page.waitForURL(/accounts\.google\.com/)
    await consent(page, { account: 'support@acme.test', cancel: true })
    await page.waitForURL(/settings\/integrations/)
    await page.getByText('Access was not allowed').first().waitFor()
  })

  it('connects the mailbox in a window', async () => {
    await fillGmailForm()
    await connect({ account: 'support@acme.test' })
    await expect.poll(() => connections().getByText('support@acme.test').isVisible(), { timeout: 15_000 }).toBe(true)
    await expect.poll(() => connections().getByText('Instant', { exact: true }).first().isVisible(), { timeout: 20_000 }).toBe(true)
  })

  it('makes a ticket of a mail that is pushed', async () => {
    await page.goto(`${helpdesk.url}/tickets`)
    const eml =
      'From: Kim <kim@customer.test>\r\nTo: support@acme.test\r\nSubject: The printer is on fire\r\nMessage-ID: <1@customer.test>\r\n\r\nPlease help.\r\n'
    const sent = await page.request.post(`${helpdesk.sandboxUrl}/console/accounts/support@acme.test/messages`, {
      headers: { 'content-type': 'message/rfc822' },
      data: eml,
    })
    expect(sent.ok()).toBe(true)
    await page.getByText('The printer is on fire').first().waitFor({ timeout: 10_000 })
    await page.getByText('The printer is on fire').first().click()
    await page.getByText('Please help.').first().waitFor()
  })

  it('lets a technician connect a calendar of their own, and choose which one', async () => {
    await openIntegrations()
    await viewAs(/Toni/)
    await openIntegrations()
    expect(await connections().getByText('support@acme.test').count()).toBe(0)
    await openForm('Connect Google Calendar')
    await page.getByLabel('Name', { exact: true }).fill('Toni’s rota')
    await connect({ account: 'toni@acme.test' })
    await page.getByRole('radio', { name: /toni@acme\.test/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved.').waitFor()
    await expect.poll(() => connections().getByText('toni@acme.test').first().isVisible(), { timeout: 15_000 }).toBe(true)
  })

  it('shows a moved and a cancelled date of a weekly series without a reload', async () => {
    await showWeek()
    await shift('On-call: Toni').getByText('series').waitFor({ timeout: 15_000 })
    const console = await context.newPage()
    await useCalendar(console, helpdesk.sandboxUrl, 'toni@acme.test', new RegExp(`^Move by one hour: On-call: Toni, ${day}T`))
    await shift('On-call: Toni')
      .getByText(/^Moved from 9:00/)
      .waitFor({ timeout: 15_000 })
    await useCalendar(console, helpdesk.sandboxUrl, 'toni@acme.test', new RegExp(`^Cancel: On-call: Toni, ${day}T`))
    await shift('On-call: Toni').getByText('Cancelled', { exact: true }).waitFor({ timeout: 15_000 })
    await page.getByRole('button', { name: 'Next week' }).click()
    await page.getByText('Cancelled', { exact: true }).waitFor({ state: 'detached' })
    await shift('On-call: Toni').waitFor()
    await console.close()
  })

  it('writes a shift to Google, and says that it came from here', async () => {
    await showWeek()
    await page.getByRole('button', { name: 'Add a shift' }).click()
    await page.getByLabel('Title').fill('Night shift')
    await page.getByLabel('Day', { exact: true }).fill(day)
    await page.getByLabel('From', { exact: true }).fill('20:00')
    await page.getByLabel('To', { exact: true }).fill('06:00')
    await page.getByText('Ends on the next day.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Add a shift' }).click()
    await shift('Night shift').getByText('Added here').waitFor()
    const console = await context.newPage()
    expect(await useCalendar(console, helpdesk.sandboxUrl, 'toni@acme.test')).toContain(`Night shift ${day}T`)
    // What comes back from Google is the same event, and nobody's news.
    await useCalendar(console, helpdesk.sandboxUrl, 'toni@acme.test', /^Move by one hour: On-site visit/)
    await page.goto(`${helpdesk.url}/on-call?week=${dateIn(2)}`)
    await shift('On-site visit: printer on floor 3')
      .getByText(/^Moved from/)
      .waitFor({ timeout: 15_000 })
    await showWeek()
    await shift('Night shift').getByText('Added here').waitFor()
    await console.close()
  })

  it('cancels a shift, unless somebody changed it meanwhile', async () => {
    await shift('Night shift').getByRole('button', { name: 'Cancel' }).click()
    const console = await context.newPage()
    await useCalendar(console, helpdesk.sandboxUrl, 'toni@acme.test', /^Move by one hour: Night shift/)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByText('The event was changed meanwhile').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await shift('Night shift')
      .getByText(/^Moved from 8:00/)
      .waitFor({ timeout: 15_000 })
    await shift('Night shift').getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await shift('Night shift').getByText('Cancelled here').waitFor()
    expect(await useCalendar(console, helpdesk.sandboxUrl, 'toni@acme.test')).not.toContain('Night shift')
    await console.close()
  })

  it('shows the plan to everyone of the tenant, and lets only those write who may', async () => {
    await viewAs(/Dana/)
    await openIntegrations()
    await connections().getByText('toni@acme.test').first().waitFor()
    await showWeek()
    await shift('On-call: Toni').waitFor()
    expect(await page.getByRole('button', { name: 'Add a shift' }).count()).toBe(1)
    await viewAs(/Olu/)
    await showWeek()
    await shift('On-call: Toni').waitFor()
    expect(await page.getByRole('button', { name: /Add a shift|^Cancel/ }).count()).toBe(0)
    const foreign = await page.request.post(`${helpdesk.url}/api/on-call`, { data: {}, headers: { origin: 'https://evil.test' } })
    expect(foreign.status()).toBe(403)
    await viewAs(/Dana/)
  })

  it('shows each person what they may, and another tenant nothing', async () => {
    await page.goto(`${helpdesk.url}/settings/integrations`)
    await viewAs(/Olu/)
    await page.goto(`${helpdesk.url}/tickets`)
    await page.getByText('The printer is on fire').first().waitFor()
    await page.goto(`${helpdesk.url}/settings/integrations`)
    await page.getByRole('heading', { name: 'Integrations' }).waitFor()
    expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0)
    await viewAs(/Gail/)
    await page.goto(`${helpdesk.url}/tickets`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(500)
    expect(await page.getByText('The printer is on fire').count()).toBe(0)
    await openIntegrations()
    expect(await page.getByText('support@acme.test').count()).toBe(0)
    await page.getByText('Not set up', { exact: true }).first().waitFor()
    await viewAs(/Dana/)
  })

  it('finds everything again after a restart, and mail goes on', async () => {
    output += helpdesk.output()
    await helpdesk.stop()
    helpdesk = await runHelpdesk(ports, folder)
    await openIntegrations()
    await expect.poll(() => connections().getByText('support@acme.test').isVisible(), { timeout: 15_000 }).toBe(true)
    await page.goto(`${helpdesk.url}/tickets`)
    await page.getByText('The printer is on fire').first().waitFor()
    await page.request.post(`${helpdesk.sandboxUrl}/console/accounts/support@acme.test/messages`, {
      data: { from: 'kim@customer.test', subject: 'Still on fire', text: 'Hello?' },
    })
    await page.getByText('Still on fire').first().waitFor({ timeout: 20_000 })
  }, 120_000)

  it('has sent no secret to the browser, and printed none', async () => {
    output += helpdesk.output()
    const key = JSON.parse(google.keyFile) as { private_key: string; private_key_id: string }
    const canaries = [
      google.clientSecret,
      key.private_key.split('\n')[3] ?? '',
      key.private_key_id,
      'ya29.',
      '1//',
      google.clientSecret.slice(-12),
    ]
    const storage = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    const everything = [...seen, output, storage, await page.content()].join('\n')
    expect(everything.length).toBeGreaterThan(10_000)
    expect(canaries.filter((canary) => everything.includes(canary)).map((canary) => canary.slice(0, 6))).toEqual([])
  })
})
