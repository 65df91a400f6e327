import type { BrowserContext, Page } from 'playwright'

export interface EntraValues {
  readonly directoryId: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Copies what an admin finds in Entra, from the sandbox's page. */
export async function readEntra(page: Page, sandboxUrl: string): Promise<EntraValues> {
  await page.goto(sandboxUrl)
  const values = page.getByRole('region', { name: 'Microsoft 365' }).locator('dd code')
  const [directoryId = '', clientId = '', clientSecret = ''] = await values.allInnerTexts()
  return { directoryId, clientId, clientSecret }
}

/** Signs in and accepts in the window that the click opens, and waits until it is closed. */
export async function signInAtMicrosoft(context: BrowserContext, click: () => Promise<void>, account: string): Promise<void> {
  const opened = context.waitForEvent('page')
  await click()
  const window = await opened
  await window.waitForURL(/login\.microsoftonline\.com/)
  await window.getByRole('button', { name: account }).click()
  await window.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  const closed = window.waitForEvent('close')
  await window.getByRole('button', { name: 'Accept' }).click()
  await closed
}

/** What lies in a mailbox, newest first, as the sandbox's page shows it: subject, sender and folder in a line. */
export async function listMail(page: Page, sandboxUrl: string, address: string): Promise<string[]> {
  await page.goto(sandboxUrl)
  const box = page.locator(`details[id="box-${address}"]`)
  await box.locator('> summary').click()
  return box.locator('> ul > li').allInnerTexts()
}
