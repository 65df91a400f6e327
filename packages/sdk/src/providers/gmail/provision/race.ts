import { ProviderRefusal } from '../../../errors/index.ts'

/** Whether a creation made something new; false when somebody else, or another worker of ours, was first. @throws ProviderRefusal */
export async function created(creation: Promise<void>): Promise<boolean> {
  try {
    await creation
    return true
  } catch (error) {
    if (error instanceof ProviderRefusal && error.httpStatus === 409) return false
    throw error
  }
}
