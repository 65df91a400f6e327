import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { whyNoChromium } from './chromium.ts'
import { startHealthWorld } from './health-world.ts'
import type { HealthWorld } from './health-world.ts'

const reason = whyNoChromium()
const hour = 3_600_000

describe.skipIf(reason !== null)('the health page of the helpdesk', { timeout: 90_000 }, () => {
  let world: HealthWorld
  let page: Page

  beforeAll(async () => {
    world = await startHealthWorld()
    page = world.page
  }, 180_000)

  afterAll(() => world?.stop(), 60_000)

  const openHealth = async (path = '/health'): Promise<void> => {
    await page.goto(world.url + path)
    await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor()
  }
  const headline = () => page.getByRole('heading', { level: 2 }).first()
  const card = (name: string) => page.getByRole('region', { name, exact: true })
  const lookAgain = () => page.getByRole('button', { name: 'Look again' }).click()
  /** Looks until it says so: upkeep takes its time. */
  const expectHeadline = (text: string) =>
    expect.poll(async () => lookAgain().then(() => headline().innerText()), { timeout: 45_000, interval: 1000 }).toBe(text)

  it('says that all is well, and how that was looked at', async () => {
    await openHealth()
    await expectHeadline('All is well.')
    await page.getByText(/^Updated /).waitFor()
    await page.getByText(/^Watched since/).waitFor()
    expect(await card('Connections').getByRole('row').last().innerText()).toMatch(/Connected\s+Acme, Gmail\s+1$/)
    expect(await card('Broken and shared').innerText()).toContain('Nothing shared is broken.')
    await page.getByRole('img', { name: /^Lateness in the last/ }).waitFor()
  })

  it('shows one tenant alone, and its verified log', async () => {
    const choice = page.getByRole('combobox', { name: 'Tenant', exact: true })
    await choice.selectOption('globex')
    await card('Connections').getByText('No connections.').waitFor()
    await card('Audit log').getByText('Log verified. Nothing was written yet.').waitFor()
    await choice.selectOption('acme')
    await card('Connections').getByText('Acme, Gmail').waitFor()
    await card('Audit log')
      .getByText(/^Log verified at/)
      .waitFor()
    expect(await card('Audit log').getByRole('row').last().innerText()).toMatch(/1\s+Google app saved\s+app:google\s+Dana/)
    expect(page.url()).toContain('?tenant=acme')
  })

  it('says in words that the app’s secret is refused, and clears when it is fixed', async () => {
    const { clientSecret } = await world.tellGoogle(`/clients/${world.google.clientId}/secret`)
    await world.tellGoogle('/clock', { advance: 3 * hour })
    await expectHeadline('Not all is well.')
    await page.getByText('Acme’s own app for Gmail: Google rejected the client secret.').waitFor()
    const broken = await card('Broken and shared').innerText()
    expect(broken).toContain('Create a new secret with Add secret on the client page, then replace it here.')
    expect(broken).toMatch(/Since\s+.*\d+:\d+ [AP]M \(.* ago\)\s+Next try\s+.*\d+:\d+ [AP]M \(in .*\)/)
    await expect.poll(() => card('Connections').getByRole('row').last().innerText()).toMatch(/Blocked by its app\s+Google rejected/)
    await card('Audit log').getByRole('button', { name: 'Verify again' }).click()
    await card('Audit log').getByText('Connection: Blocked by its app').waitFor()

    expect(await world.saveApp({ clientSecret: String(clientSecret) })).toBe(200)
    await expectHeadline('All is well.')
    expect(await card('Broken and shared').innerText()).toContain('Nothing shared is broken.')
  })

  it('says where a log breaks', async () => {
    const head = join(world.folder, 'audit-heads', 'acme.json')
    await writeFile(head, JSON.stringify({ sequence: 4, hash: 'of a line that was deleted' }))
    const again = card('Audit log').getByRole('button', { name: 'Verify again' })
    await again.click()
    await card('Audit log').getByText('The log breaks at line 4. Lines that were verified earlier are not there any more.').waitFor()
    await card('Audit log').getByText('The lines around the break, newest first').waitFor()
    await rm(head)
    await again.click()
    await card('Audit log')
      .getByText(/^Log verified at/)
      .waitFor()
  })

  it('stops saying that all is well while nobody answers', async () => {
    const refuse = { status: 503, contentType: 'application/json', body: '{"error":"unavailable"}' }
    await page.route('**/api/health', (route) => route.fulfill(refuse))
    await lookAgain()
    await page.getByRole('alert').getByText('Temporarily unavailable').waitFor()
    expect(await headline().innerText()).toBe('Nobody knows right now.')
    await page.getByText(/^At .* it was: All is well\./).waitFor()
    await openHealth()
    await page.getByRole('alert').getByText('Temporarily unavailable').waitFor()
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(0)
    await page.unroute('**/api/health')
    await expectHeadline('All is well.')
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('is read with the keyboard alone, and nothing scrolls sideways on a narrow screen', async () => {
    await page.getByRole('button', { name: 'Look again' }).focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('label')?.innerText)).toMatch(/^Tenant/)
    for (const dir of ['ltr', 'rtl']) {
      await page.evaluate((value) => (document.documentElement.dir = value), dir)
      await page.setViewportSize({ width: 320, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    }
    await page.setViewportSize({ width: 1200, height: 900 })
  })

  it.each(['light', 'dark'] as const)('has no barrier that a machine finds: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await openHealth('/health?tenant=acme')
    await card('Audit log')
      .getByText(/^Log verified at/)
      .waitFor()
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(async (): Promise<axe.AxeResults> => Reflect.get(window, 'axe').run('main'))
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
  })

  it.each(['toni', 'olu', 'gail'])('is not for %s, who does not run the helpdesk', async (personId) => {
    await world.viewAs(personId)
    await openHealth()
    await page.getByRole('heading', { name: 'This page is for those who run the helpdesk' }).waitFor()
    await page.getByText('Ask Dana.').waitFor()
    expect(await page.getByRole('link', { name: 'Health' }).count()).toBe(0)
    for (const path of ['/api/health', '/api/health/audit?tenant=acme']) {
      const refused = await page.request.get(world.url + path)
      expect([refused.status(), await refused.json()]).toEqual([403, { error: 'forbidden' }])
    }
  })

  it('tells no secret', async () => {
    const secrets = [world.google.clientSecret, 'GOCSPX-', 'ya29.', '1//', 'PRIVATE KEY']
    await world.viewAs('dana')
    const answers = ['/api/health', '/api/health/audit?tenant=acme'].map(async (path) => (await page.request.get(world.url + path)).text())
    const told = [...(await Promise.all(answers)), world.output()].join('\n')
    expect(told).toContain('"verdict":{"ok":true')
    expect(secrets.filter((secret) => told.includes(secret)).length).toBe(0)
  })

  it('refuses who is not signed in, and knows no other tenants', async () => {
    expect((await page.request.get(`${world.url}/api/health/audit?tenant=../keys`)).status()).toBe(404)
    await world.context.clearCookies()
    expect((await page.request.get(`${world.url}/api/health`)).status()).toBe(401)
  })
})
