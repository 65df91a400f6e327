interface Waiting<Input, Output> {
  readonly input: Input
  readonly resolve: (output: Output) => void
  readonly reject: (error: unknown) => void
}

/**
 * Joins calls that arrive while an earlier batch is under way into the next one; a call that arrives alone goes at once, alone. When a batch
 * fails, each of its calls is tried alone, so that one that cannot work fails for itself only.
 */
export function batchCalls<Input, Output>(
  run: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  limits: { readonly size: number; readonly parallel: number },
): (input: Input) => Promise<Output> {
  let queue: Waiting<Input, Output>[] = []
  let running = 0

  const flush = async (batch: readonly Waiting<Input, Output>[]): Promise<void> => {
    try {
      const outputs = await run(batch.map(({ input }) => input))
      for (const [at, { resolve }] of batch.entries()) resolve(outputs[at] as Output)
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const call of batch) await flush([call])
    }
  }

  const next = async (): Promise<void> => {
    if (running >= limits.parallel || queue.length === 0) return
    running += 1
    const batch = queue.slice(0, limits.size)
    queue = queue.slice(limits.size)
    await flush(batch)
    running -= 1
    await next()
  }

  return (input) =>
    new Promise((resolve, reject) => {
      queue.push({ input, resolve, reject })
      void next()
    })
}
