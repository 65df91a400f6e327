import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditHead } from '@tenantry/sdk'

/** The newest line that was verified; without it nobody sees that the newest ones were deleted. `null` before the first time. */
export async function readHead(folder: string, tenantId: string): Promise<AuditHead | null> {
  const saved = await readFile(fileOf(folder, tenantId), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return saved === null ? null : (JSON.parse(saved) as AuditHead)
}

/** In a file, because whoever can change the database should not be able to change this. */
export async function keepHead(folder: string, tenantId: string, head: AuditHead): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = fileOf(folder, tenantId)
  const draft = `${file}.${crypto.randomUUID()}`
  await writeFile(draft, JSON.stringify(head), { mode: 0o600 })
  await rename(draft, file)
}

const fileOf = (folder: string, tenantId: string): string => join(folder, `${tenantId}.json`)
