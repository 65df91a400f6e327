import { ProviderRefusal } from '../../../errors/index.ts'

/** What Google answers, or `null` when it refuses with this status. */
export async function unlessRefused<T>(httpStatus: number, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderRefusal && error.httpStatus === httpStatus) return null
    throw error
  }
}
