/** Nothing came in time. Inside the mail adapters only; becomes a `ProviderRefusal` with status 0. */
export class Late extends Error {
  override readonly name = 'Late'
}

/** Waits at most `deadlineMs`, then runs `hangUp` and gives up on the work. @throws Late */
export async function withinDeadline<T>(deadlineMs: number, work: Promise<T>, hangUp: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Late())
      hangUp()
    }, deadlineMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
