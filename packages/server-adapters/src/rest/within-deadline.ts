import { NoAnswer } from './no-answer.ts'

/**
 * Runs `work` and ends it after `deadlineMs`, also when it does not listen to its signal. Work that has begun to get a large answer may ask
 * for another deadline, which starts anew.
 * @throws NoAnswer `deadline`
 */
export async function withinDeadline<T>(
  deadlineMs: number,
  work: (signal: AbortSignal, restart: (deadlineMs: number) => void) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let end: (reason: NoAnswer) => void
  const late = new Promise<never>((_, reject) => {
    end = reject
  })
  const start = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      end(new NoAnswer('deadline'))
      abort.abort()
    }, ms)
  }
  start(deadlineMs)
  try {
    return await Promise.race([work(abort.signal, start), late])
  } finally {
    clearTimeout(timer)
  }
}
