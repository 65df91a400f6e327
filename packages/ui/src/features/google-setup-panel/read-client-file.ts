import type { FileRead } from '../../parts/file-drop/use-file-drop.ts'

/** What is needed of Google's client JSON. */
export interface ClientFile {
  readonly clientId: string
  readonly clientSecret: string
  readonly projectId: string | null
  readonly redirectUris: readonly string[]
}

export type ClientFileProblem = 'fileNotJson' | 'fileIsKey' | 'fileIsDesktop' | 'fileNoClient'

/** Reads the file that Google offers as "Download JSON"; `say` words what is wrong with another one. */
export function readClientFile(text: string, say: (problem: ClientFileProblem) => string): FileRead<ClientFile> {
  const file = parseObject(text)
  const web = toRecord(file?.['web'])
  const problem = problemWith(file, web)
  if (problem || !web) return { ok: false, message: say(problem ?? 'fileNoClient') }
  const uris = web['redirect_uris']
  return {
    ok: true,
    value: {
      clientId: String(web['client_id']),
      clientSecret: String(web['client_secret']),
      projectId: typeof web['project_id'] === 'string' ? web['project_id'] : null,
      redirectUris: Array.isArray(uris) ? uris.filter((uri) => typeof uri === 'string') : [],
    },
  }
}

function problemWith(file: Record<string, unknown> | null, web: Record<string, unknown> | null): ClientFileProblem | null {
  if (!file) return 'fileNotJson'
  if (file['type'] === 'service_account') return 'fileIsKey'
  if ('installed' in file) return 'fileIsDesktop'
  if (typeof web?.['client_id'] !== 'string' || typeof web['client_secret'] !== 'string') return 'fileNoClient'
  return null
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return toRecord(JSON.parse(text))
  } catch {
    // The parser's message quotes the file, so only the fact is kept.
    return null
  }
}

function toRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
}
