import { existsSync } from 'node:fs'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Why browser tests cannot run here, or `null`. @throws where `TENANTRY_REQUIRE_REAL=1` says that they must */
export function whyNoChromium(): string | null {
  if (existsSync(executablePath)) return null
  const reason = `Chromium is not at ${executablePath}; set CHROMIUM_PATH`
  if (process.env['TENANTRY_REQUIRE_REAL'] === '1') throw new Error(reason)
  process.stderr.write(`skipped: ${reason}\n`)
  return reason
}

/** A real browser that calls nobody by itself. */
export function launchChromium(): Promise<Browser> {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet] })
}
