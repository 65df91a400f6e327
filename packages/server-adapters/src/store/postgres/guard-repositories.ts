import type { Repositories } from '@tenantry/sdk/ports'

type Method = (...parameters: unknown[]) => Promise<unknown>

/** Puts one wrapper around every method: refused when closed, and otherwise done as `attempt` does it. */
export function guardRepositories(
  repositories: Repositories,
  assertOpen: () => void,
  attempt: (work: () => Promise<unknown>) => Promise<unknown>,
): Repositories {
  const guard = (method: Method): Method => {
    return async (...parameters) => {
      assertOpen()
      return attempt(() => method(...parameters))
    }
  }
  return mapValues(repositories, (repository) => mapValues(repository as Record<string, Method>, guard)) as unknown as Repositories
}

function mapValues<From, To>(record: Readonly<Record<string, From>> | object, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]: [string, From]) => [name, change(value)]))
}
