import type { BrowserContext, Page } from 'playwright'

export interface ConsoleValues {
  readonly projectId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly keyFile: string
}

/** Does what an admin does in Google Cloud Console, on the sandbox's page. */
export async function useCloudConsole(page: Page, redirectUris: readonly string[]): Promise<ConsoleValues> {
  await page.goto(
    `${page.url().startsWith('http') ? new URL(page.url()).origin : ''}/?redirect=${encodeURIComponent(redirectUris.join(','))}`,
  )
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('button', { name: 'Create service account key' }).click()
  const key = page.getByRole('link', { name: 'Download key JSON' })
  await key.waitFor()
  const values = page.getByRole('region', { name: 'Projects' }).locator('dd code')
  const [projectId = '', , clientId = '', clientSecret = ''] = await values.allInnerTexts()
  const download = await page.request.get(new URL((await key.getAttribute('href')) ?? '', page.url()).href)
  return { projectId, clientId, clientSecret, keyFile: await download.text() }
}

export interface ConsentOptions {
  readonly account: string
  /** Label of a permission to untick. */
  readonly untick?: RegExp
  readonly cancel?: boolean
}

/** Walks through Google's pages in the window that the product opened. */
export async function consent(window: Page, { account, untick, cancel = false }: ConsentOptions): Promise<void> {
  await window.getByRole('button', { name: account }).click()
  await window.getByRole('heading', { name: /verified this app/ }).waitFor()
  await window.getByRole('button', { name: 'Continue' }).click()
  await window.getByRole('heading', { name: /wants access/ }).waitFor()
  if (untick !== undefined) await window.getByRole('checkbox', { name: untick }).uncheck()
  await window.getByRole('button', { name: cancel ? 'Cancel' : 'Continue' }).click()
}

/** Clicks what opens Google's window, and waits until it shows Google. */
export async function openSignIn(context: BrowserContext, click: () => Promise<void>): Promise<Page> {
  const opened = context.waitForEvent('page')
  await click()
  const window = await opened
  await window.waitForURL(/accounts\.google\.com/)
  return window
}

/** Presses a button in one of an account's calendars, on the sandbox's page; without one, says what is in the calendar. */
export async function useCalendar(page: Page, sandboxUrl: string, account: string, button?: RegExp): Promise<string> {
  await page.goto(sandboxUrl)
  const summary = page.locator('details[name=account] > summary').filter({ hasText: account })
  const mailbox = summary.locator('..')
  await summary.click()
  const calendar = mailbox.locator('details[id^=calendar-]').first()
  if ((await calendar.getAttribute('open')) === null) await calendar.locator('> summary').click()
  if (button !== undefined) {
    await Promise.all([page.waitForEvent('load'), calendar.getByRole('button', { name: button }).first().click()])
  }
  return mailbox.innerText()
}
