/** Turns of the event loop and of the threads that cipher: on a busy machine virtual time would run away from them. */
export async function realWork(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await Promise.all([
      new Promise((resolve) => setImmediate(resolve)),
      ...Array.from({ length: 4 }, () => crypto.subtle.digest('SHA-256', new Uint8Array(1))),
    ])
}
