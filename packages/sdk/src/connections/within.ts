/**
 * What the work gives, or what `whenLate` does where that takes longer than `limitMs`. By the platform's timer and not by the clock of the ports, because somebody
 * waits; nothing stops the work, and what it throws after that is nobody's. @throws what the work throws, or `whenLate`
 */
export async function within<Result, Late>(limitMs: number, work: Promise<Result>, whenLate: () => Late): Promise<Result | Late> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs)
  })
  try {
    return await Promise.race([work, late.then(whenLate)])
  } finally {
    clearTimeout(timer)
  }
}
