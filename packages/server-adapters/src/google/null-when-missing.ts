import { ProviderRefusal } from '@tenantry/sdk/errors'

/**
 * `null` when the API itself says "not found". A 404 without the API's words may come from anything on the way, and a project that is not shown may
 * only be hidden from the key, with all that is in it.
 */
export async function nullWhenMissing<T>(operation: string, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderRefusal && error.operation === operation && isMissing(error)) return null
    throw error
  }
}

function isMissing(refusal: ProviderRefusal): boolean {
  return refusal.httpStatus === 404 && refusal.reason !== undefined && !refusal.mentions('project not found')
}
