import { ProviderRefusal } from '@tenantry/sdk/errors'

/** Graph's word for a message that is not there; other words of a 404 speak of the mailbox, and nothing of the message. */
export const goneMessage = ['ErrorItemNotFound']
export const goneSubscription = ['ResourceNotFound', 'ErrorItemNotFound', 'ExtensionError']

/** `null` when Graph itself says that it is gone; a 404 without Graph's word may come from anything on the way. */
export async function nullWhenGone<T>(words: readonly string[], answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderRefusal && error.httpStatus === 404 && words.includes(error.reason ?? '')) return null
    throw error
  }
}
