import { NoAnswer } from './no-answer.ts'

/**
 * Runs `work` and ends it after `deadlineMs`, also when it does not listen to its signal.
 * @throws NoAnswer `deadline`
 */
export async function withinDeadline<T>(deadlineMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswer('deadline'))
      abort.abort()
    }, deadlineMs)
  })
  try {
    return await Promise.race([work(abort.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
