import { ProviderRefusal } from '@tenantry/sdk/errors'

/** `null` when the API itself says "not found"; a 404 without the API's words may come from anything on the way. */
export async function nullWhenMissing<T>(operation: string, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderRefusal && error.operation === operation && error.httpStatus === 404 && error.reason !== undefined)
      return null
    throw error
  }
}
