import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where a program lies, or `null`. Debian keeps servers outside an ordinary person's path. */
export function findBinary(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null
}

/**
 * Gives the reason back, and prints it, where a part is missing.
 * @throws Error where `TENANTRY_REQUIRE_REAL=1` says that it must be there
 */
export function explainMissing(reason: string): string {
  if (process.env['TENANTRY_REQUIRE_REAL'] === '1') throw new Error(reason)
  process.stderr.write(`skipped: ${reason}\n`)
  return reason
}
