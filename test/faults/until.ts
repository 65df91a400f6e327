/** Lets real work, such as encryption and sockets, go as far as it can while the timers stand still. */
export async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve))
}
