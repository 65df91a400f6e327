import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, whyNoChromium } from './chromium.ts'
import { listMail, readEntra, signInAtMicrosoft } from './microsoft-side.ts'
import type { EntraValues } from './microsoft-side.ts'
import { findPorts, runHelpdesk } from './run-helpdesk.ts'
import type { RunningHelpdesk } from './run-helpdesk.ts'

const reason = whyNoChromium()
const mailbox = 'support@acme.onmicrosoft.test'
const dana = 'dana@acme.onmicrosoft.test'

describe.skipIf(reason !== null)('a Microsoft 365 shared mailbox in the helpdesk', { timeout: 60_000 }, () => {
  let folder: string
  let helpdesk: RunningHelpdesk
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let entra: EntraValues
  /** Everything that a browser was sent, for the canary scan. */
  const seen: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenantry-shared-mailbox-'))
    helpdesk = await runHelpdesk(await findPorts(), folder)
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1200, height: 900 }, timezoneId: 'UTC', locale: 'en-US' })
    page = await context.newPage()
    entra = await readEntra(page, helpdesk.sandboxUrl)
    context.on('response', async (response) => {
      if (response.url().startsWith(helpdesk.url)) seen.push(await response.text().catch(() => ''))
    })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await helpdesk?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const connections = () => page.getByRole('region', { name: 'Connections' })
  const panel = () => page.getByRole('region', { name: 'Microsoft 365', exact: true })
  const messages = () => page.locator('.messages > li')
  /** Calls the sandbox's console. */
  const tellMicrosoft = async (path: string, data: unknown): Promise<void> => {
    const answer = await page.request.post(`${helpdesk.sandboxUrl}/console/${path}`, { data })
    expect(answer.ok()).toBe(true)
  }
  /** A mail from outside, and the minute after which a mailbox that pushes nothing is read again. */
  const deliver = async (eml: string): Promise<void> => {
    const url = `${helpdesk.sandboxUrl}/console/microsoft-mailboxes/${mailbox}/messages`
    const sent = await page.request.post(url, { headers: { 'content-type': 'message/rfc822' }, data: eml })
    expect(sent.ok()).toBe(true)
    await tellMicrosoft('clock', { advance: 61_000 })
  }
  const viewAs = async (personId: string): Promise<void> => {
    await page.request.post(`${helpdesk.url}/api/session`, { data: { personId }, headers: { origin: helpdesk.url } })
    await page.goto(`${helpdesk.url}/tickets`)
  }
  const openTicket = async (): Promise<void> => {
    await page.goto(`${helpdesk.url}/tickets`)
    await page.getByRole('link', { name: /Ten printers/ }).click()
    await page.getByRole('heading', { name: 'Ten printers' }).waitFor()
  }
  const answer = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: `Answer from ${mailbox}` }).fill(text)
    await page.getByRole('button', { name: 'Send answer' }).click()
  }

  it('sets Microsoft up with the panel alone, and the checks pass', async () => {
    await page.goto(`${helpdesk.url}/settings/integrations`)
    await panel().getByRole('textbox', { name: 'Directory (tenant) ID' }).fill(entra.directoryId)
    await panel().getByRole('textbox', { name: 'Application (client) ID' }).fill(entra.clientId)
    await panel()
      .getByRole('button', { name: /Step 2 of 4/ })
      .click()
    await panel().getByLabel('Client secret (value)', { exact: true }).fill(entra.clientSecret)
    await panel().getByRole('button', { name: 'Save', exact: true }).click()
    await panel().getByText('Ready', { exact: true }).waitFor()
    await panel()
      .getByRole('button', { name: /Step 4 of 4/ })
      .click()
    await panel().getByRole('button', { name: 'Run checks' }).click()
    await panel().getByText('Microsoft is ready.', { exact: false }).waitFor()
  })

  it('connects the mailbox with the sign-in of a person who may use it', async () => {
    await connections().getByRole('button', { name: 'Connect a Microsoft 365 mailbox' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Support')
    await page.getByLabel('Shared mailbox address').fill(mailbox)
    await signInAtMicrosoft(context, () => page.getByRole('button', { name: 'Sign in with Microsoft' }).click(), dana)
    await connections().getByText(mailbox).first().waitFor({ timeout: 15_000 })
    await connections().getByText('Connected', { exact: true }).first().waitFor({ timeout: 15_000 })
  })

  it('makes a ticket of a mail that arrives', async () => {
    await page.goto(`${helpdesk.url}/tickets`)
    await deliver(
      `From: Kim <kim@customer.test>\r\nTo: ${mailbox}\r\nSubject: Ten printers\r\nMessage-ID: <first@customer.test>\r\n\r\nDelivered on Friday, please.\r\n`,
    )
    await page.getByRole('link', { name: /Ten printers/ }).waitFor({ timeout: 15_000 })
    await openTicket()
    await page.getByText('Delivered on Friday, please.').last().waitFor()
  })

  it('says in words why Microsoft refused an answer, and sends the same draft once it may', async () => {
    await tellMicrosoft('faults', { preset: 'graph-send-denied' })
    await answer('They are on their way.')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain(mailbox)
    expect(await messages().count()).toBe(1)
    expect(await page.getByRole('textbox', { name: `Answer from ${mailbox}` }).inputValue()).toBe('They are on their way.')
    await page.request.delete(`${helpdesk.sandboxUrl}/console/faults`)
    await page.getByRole('button', { name: 'Send answer' }).click()
    await page.getByText('The answer was sent.').waitFor()
    await expect.poll(() => messages().count()).toBe(2)
    await messages().last().getByText('Sent from here').waitFor()
    const console = await context.newPage()
    expect(await listMail(console, helpdesk.sandboxUrl, mailbox)).toEqual([
      expect.stringMatching(/^Re: Ten printers .*sentitems$/),
      expect.stringMatching(/^Ten printers .*inbox$/),
    ])
    await console.close()
  })

  it('keeps what the customer replies in the same ticket', async () => {
    await deliver(
      `From: Kim <kim@customer.test>\r\nTo: ${mailbox}\r\nSubject: Re: Ten printers\r\nMessage-ID: <second@customer.test>\r\nReferences: <first@customer.test>\r\n\r\nThey have arrived.\r\n`,
    )
    await expect.poll(() => messages().count(), { timeout: 15_000 }).toBe(3)
    await messages().last().getByText('They have arrived.').waitFor()
    await page.getByText('1 ticket', { exact: true }).waitFor()
  })

  it('lets an operator answer, a technician only read, and another tenant neither', async () => {
    await viewAs('toni')
    await openTicket()
    expect(await page.getByRole('button', { name: 'Send answer' }).count()).toBe(0)
    const ticketId = decodeURIComponent(page.url().split('/').at(-1) ?? '')
    const data = { ticketId, answers: ticketId, text: 'Not mine to say.', idempotencyKey: 'EXAMPLE_key' }
    const force = async (origin: string) =>
      (await page.request.post(`${helpdesk.url}/api/tickets/answer`, { data, headers: { origin } })).status()
    expect(await force(helpdesk.url)).toBe(403)
    await viewAs('gail')
    expect(await force(helpdesk.url)).toBe(404)
    await viewAs('dana')
    expect(await force('https://evil.test')).toBe(403)
    await viewAs('olu')
    await openTicket()
    await answer('Good to hear.')
    await expect.poll(() => messages().count()).toBe(4)
    await messages().last().getByText('Olu').waitFor()
  })

  it('has sent no secret to the browser, and printed none', () => {
    const everything = [...seen, helpdesk.output()].join('\n')
    expect(everything.length).toBeGreaterThan(10_000)
    expect(everything.includes(entra.clientSecret)).toBe(false)
  })
})
