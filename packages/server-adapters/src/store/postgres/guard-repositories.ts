import type { Repositories } from '@tenantry/sdk/ports'
import type { ToFailure } from './failures.ts'

type Method = (...parameters: unknown[]) => Promise<unknown>

/** Puts one wrapper around every method: refused when closed, and whatever a driver throws becomes our own error. */
export function guardRepositories(repositories: Repositories, assertOpen: () => void, toFailure: ToFailure): Repositories {
  const guard = (method: Method): Method => {
    return async (...parameters) => {
      assertOpen()
      try {
        return await method(...parameters)
      } catch (error) {
        throw toFailure(error)
      }
    }
  }
  return mapValues(repositories, (repository) => mapValues(repository as Record<string, Method>, guard)) as unknown as Repositories
}

function mapValues<From, To>(record: Readonly<Record<string, From>> | object, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]: [string, From]) => [name, change(value)]))
}
