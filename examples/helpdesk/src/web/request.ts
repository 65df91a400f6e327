/** What the helpdesk's own API refused. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  /** One of the sdk's codes, when it was the sdk that refused. */
  readonly code: string
  /** Fills the words of the code. */
  readonly values: Readonly<Record<string, string>>

  constructor(path: string, status: number, { error, values }: { error?: string; values?: Readonly<Record<string, string>> }) {
    super(`${path} answered ${status}`)
    this.code = error ?? 'internal'
    this.values = values ?? {}
  }
}

/** One call of the helpdesk's own API. @throws RequestError when it does not answer with success */
export async function request<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } })
  if (!response.ok) throw new RequestError(path, response.status, await response.json().catch(() => ({})))
  return (await response.json()) as Answer
}

/** Sends JSON. @throws RequestError */
export function post<Answer>(path: string, body: unknown): Promise<Answer> {
  return request<Answer>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
