import { isTenantryError } from '@tenantry/sdk/errors'

/** The code that a call failed with; `'(succeeded)'` when it did not fail. Anything but our error is thrown on. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return '(succeeded)'
  } catch (error) {
    if (isTenantryError(error)) return error.code
    throw error
  }
}

/** The same object, noting the path of every method that is called, however deep. */
export function countCalls<T extends object>(target: T, calls: string[], path = ''): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name)
      const here = `${path}${String(name)}`
      if (typeof value === 'function') {
        return (...input: unknown[]) => {
          calls.push(here)
          return Reflect.apply(value, object, input)
        }
      }
      return typeof value === 'object' && value !== null ? countCalls(value, calls, `${here}.`) : value
    },
  })
}
