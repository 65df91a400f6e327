const failed = new WeakSet<object>()

/** Work that comes before the vendor is asked for the thing itself, such as a token: when it fails, nothing was done yet. @throws what the work throws */
export async function beforeAsking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (typeof error === 'object' && error !== null) failed.add(error)
    throw error
  }
}

export function failedBeforeAsking(error: unknown): boolean {
  return typeof error === 'object' && error !== null && failed.has(error)
}
