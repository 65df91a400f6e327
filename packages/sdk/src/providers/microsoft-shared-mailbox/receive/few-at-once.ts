import type { ProviderCall } from '../../provider.ts'

/** Exchange takes four requests at a time for a mailbox. Source: learn.microsoft.com, "Microsoft Graph service-specific throttling limits". */
const limit = 4

interface Line {
  running: number
  readonly waiting: (() => void)[]
}

const lines = new WeakMap<ProviderCall, Line>()

/** Does something at the mailbox once fewer than four others are at it. */
export async function fewAtOnce<T>(call: ProviderCall, work: () => Promise<T>): Promise<T> {
  const line = lines.get(call) ?? { running: 0, waiting: [] }
  lines.set(call, line)
  if (line.running >= limit) await new Promise<void>((resolve) => line.waiting.push(resolve))
  else line.running += 1
  try {
    return await work()
  } finally {
    // Whoever waits takes the place over.
    const next = line.waiting.shift()
    if (next === undefined) line.running -= 1
    else next()
  }
}
