import type { Problem } from '@tenantry/sdk/wire'
import type { Door } from './handler-options.ts'

/** Notes a refusal by code and by the class of what was thrown, never by its text. */
export function logRefusal({ logger }: Pick<Door, 'logger'>, { code, status, requestId }: Problem, error: unknown): void {
  const thrown = error instanceof Error ? error.constructor.name : typeof error
  logger.log(status >= 500 ? 'error' : 'debug', 'http.refused', { code, status, requestId, thrown })
}
