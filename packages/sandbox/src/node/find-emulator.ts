import { execFile } from 'node:child_process'
import { access, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CACHE = join(tmpdir(), `pubsub-emulator-path-${process.getuid?.() ?? 'user'}`)
const INSIDE_SDK = 'platform/pubsub-emulator/bin/cloud-pubsub-emulator'

/**
 * Path of Google's Pub/Sub emulator, part of the Google Cloud CLI; null when it is not installed. `PUBSUB_EMULATOR_BINARY` wins;
 * the answer of gcloud, which takes seconds, is kept in the temporary folder.
 */
export async function findPubSubEmulator(): Promise<string | null> {
  const given = process.env['PUBSUB_EMULATOR_BINARY']
  if (given) return (await exists(given)) ? given : null
  const cached = await readFile(CACHE, 'utf8').catch(() => '')
  if (cached && (await exists(cached))) return cached
  const path = await askGcloud()
  // Only a speed-up: a temporary folder that cannot be written costs a slower start next time.
  if (path) await writeFile(CACHE, path, { mode: 0o600 }).catch((problem: unknown) => process.emitWarning(String(problem)))
  return path
}

async function askGcloud(): Promise<string | null> {
  const onPath = await Promise.all((process.env['PATH'] ?? '').split(delimiter).map((folder) => exists(join(folder, 'gcloud'))))
  if (!onPath.includes(true)) return null
  const { stdout } = await run('gcloud', ['info', '--format=value(installation.sdk_root)'])
  const path = join(stdout.trim(), INSIDE_SDK)
  return (await exists(path)) ? path : null
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
