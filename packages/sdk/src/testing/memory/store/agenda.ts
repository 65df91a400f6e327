/** A key and its time. */
export interface Appointment {
  readonly time: number
  readonly key: string
}

const mostInChunk = 1024

/** Appointments in order of time, and of equal times by key, so that the order is always the same. Sorted pieces, so that no change moves everything. */
export class Agenda {
  readonly #chunks: Appointment[][] = []

  add(appointment: Appointment): void {
    const at = this.#chunkFor(appointment)
    const chunk = this.#chunks[at]
    if (chunk === undefined) {
      this.#chunks.push([appointment])
      return
    }
    chunk.splice(placeIn(chunk, appointment), 0, appointment)
    if (chunk.length > mostInChunk) this.#chunks.splice(at + 1, 0, chunk.splice(mostInChunk / 2))
  }

  remove(appointment: Appointment): void {
    const at = this.#chunkFor(appointment)
    const chunk = this.#chunks[at] ?? []
    const place = placeIn(chunk, appointment)
    if (chunk[place]?.key !== appointment.key) return
    chunk.splice(place, 1)
    if (chunk.length === 0) this.#chunks.splice(at, 1)
  }

  get first(): Appointment | undefined {
    return this.#chunks[0]?.[0]
  }

  /** Not to be changed while it is read. */
  *[Symbol.iterator](): Generator<Appointment, void> {
    for (const chunk of this.#chunks) yield* chunk
  }

  /** The last chunk that does not begin after the appointment. */
  #chunkFor(appointment: Appointment): number {
    const after = firstWhere(this.#chunks.length, (at) => inOrder(this.#chunks[at]?.[0] ?? appointment, appointment) > 0)
    return Math.max(after - 1, 0)
  }
}

function placeIn(chunk: readonly Appointment[], appointment: Appointment): number {
  return firstWhere(chunk.length, (at) => inOrder(chunk[at] ?? appointment, appointment) >= 0)
}

export function inOrder(a: Appointment, b: Appointment): number {
  if (a.time !== b.time) return a.time - b.time
  if (a.key === b.key) return 0
  return a.key < b.key ? -1 : 1
}

/** The first of so many places for which it holds, when it holds for all after it too; else the number of places. */
function firstWhere(length: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
