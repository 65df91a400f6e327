import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { launchChromium } from './chromium.ts'
import { consent, openSignIn, useCloudConsole } from './google-side.ts'
import type { ConsoleValues } from './google-side.ts'
import { findPorts, runHelpdesk } from './run-helpdesk.ts'

export interface HealthWorld {
  readonly url: string
  /** Where the helpdesk keeps everything. */
  readonly folder: string
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  readonly google: ConsoleValues
  output(): string
  /** Calls the sandbox's console. */
  tellGoogle(path: string, data?: unknown): Promise<Record<string, unknown>>
  /** Saves a part of the tenant's Google app, as the panel does. */
  saveApp(changes: Readonly<Record<string, string>>): Promise<number>
  viewAs(personId: string): Promise<void>
  stop(): Promise<void>
}

/** A helpdesk of its own with one connected mailbox, seen by whoever runs it. */
export async function startHealthWorld(): Promise<HealthWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-health-'))
  const helpdesk = await runHelpdesk(await findPorts(), folder)
  const browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, timezoneId: 'UTC', locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(helpdesk.sandboxUrl)
  const callbacks = ['/api/auth/google/callback', '/api/auth/google/calendar/callback']
  const google = await useCloudConsole(
    page,
    callbacks.map((path) => helpdesk.url + path),
  )
  await page.goto(`${helpdesk.url}/settings/integrations`)
  await page.getByRole('region', { name: 'Connections' }).waitFor()

  const send = (method: 'POST' | 'PATCH', path: string, data: unknown) =>
    page.request.fetch(helpdesk.url + path, { method, data, headers: { origin: helpdesk.url, 'content-type': 'application/json' } })
  const saveApp: HealthWorld['saveApp'] = async (values) => {
    const changes = Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { action: 'replace', value }]))
    return (await send('PATCH', '/api/tenantry/google', changes)).status()
  }
  const { projectId, clientId, clientSecret, keyFile } = google
  await saveApp({ projectId, clientId, clientSecret, serviceAccountKey: keyFile })
  await connectMailbox(context, page, helpdesk.url)
  return {
    url: helpdesk.url,
    folder,
    browser,
    context,
    page,
    google,
    output: () => helpdesk.output(),
    tellGoogle: async (path, data = {}) => {
      const response = await page.request.post(`${helpdesk.sandboxUrl}/console${path}`, { data })
      if (!response.ok()) throw new Error(`the sandbox answered ${response.status()} to ${path}`)
      return (await response.json()) as Record<string, unknown>
    },
    saveApp,
    viewAs: async (personId) => {
      await send('POST', '/api/session', { personId })
    },
    stop: async () => {
      await browser.close()
      await helpdesk.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function connectMailbox(context: BrowserContext, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings/integrations?open=gmail`)
  await page.getByLabel('Name', { exact: true }).fill('Support')
  await page.getByLabel('Gmail address').fill('support@acme.test')
  const window = await openSignIn(context, () => page.getByRole('button', { name: 'Connect with Google' }).click())
  await consent(window, { account: 'support@acme.test' })
  const connections = page.getByRole('region', { name: 'Connections' })
  await connections.getByText('Instant', { exact: true }).first().waitFor({ timeout: 30_000 })
}
