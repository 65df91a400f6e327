import type { TaskRecord } from '../../../ports/index.ts'
import { Agenda } from './agenda.ts'
import type { Appointment } from './agenda.ts'
import type { Leased } from './lease.ts'

export interface TaskEntry extends Leased<TaskRecord> {
  /** When somebody scheduled the task during its claim. */
  readonly againAt: number | null
}

export type KeyedTask = readonly [key: string, entry: TaskEntry]

/** Tasks by their key, which also finds what is due without a look at everything, and at no more of one tenant than is asked for. */
export class TaskTable extends Map<string, TaskEntry> {
  /** Those that nobody holds, by tenant and due time. */
  readonly #free = new Map<string, Agenda>()
  /** The tenants of these, by the time of their first. */
  readonly #tenants = new Agenda()
  /** Those that somebody holds, by the end of the lease. */
  readonly #held = new Agenda()

  constructor(entries: Iterable<KeyedTask> = []) {
    super()
    for (const [key, entry] of entries) this.set(key, entry)
  }

  override set(key: string, entry: TaskEntry): this {
    this.#forget(key)
    const { row, lease } = entry
    if (lease === null) this.#changeFree(row.tenantId, (agenda) => agenda.add({ time: row.dueAt, key }))
    else this.#held.add({ time: lease.until, key })
    return super.set(key, entry)
  }

  override delete(key: string): boolean {
    this.#forget(key)
    return super.delete(key)
  }

  nextDueAt(): number | null {
    return this.#tenants.first?.time ?? null
  }

  /** For each tenant that has some, the one with the most overdue first: the due tasks that nobody holds, in their order. */
  *due(now: number, isLeftOut: (tenantId: string) => boolean = () => false): Generator<Iterable<KeyedTask>> {
    for (const { key: tenantId } of upTo(this.#tenants, now))
      if (!isLeftOut(tenantId)) yield this.#tasksOf(upTo(this.#free.get(tenantId) ?? [], now))
  }

  held(): Iterable<KeyedTask> {
    return this.#tasksOf(this.#held)
  }

  /** Those that were held for long enough. */
  lapsed(now: number): Iterable<KeyedTask> {
    return this.#tasksOf(upTo(this.#held, now))
  }

  *#tasksOf(appointments: Iterable<Appointment>): Generator<KeyedTask> {
    for (const { key } of appointments) {
      const entry = this.get(key)
      if (entry !== undefined) yield [key, entry]
    }
  }

  #forget(key: string): void {
    const entry = this.get(key)
    if (entry === undefined) return
    const { row, lease } = entry
    if (lease === null) this.#changeFree(row.tenantId, (agenda) => agenda.remove({ time: row.dueAt, key }))
    else this.#held.remove({ time: lease.until, key })
  }

  #changeFree(tenantId: string, change: (agenda: Agenda) => void): void {
    const agenda = this.#free.get(tenantId) ?? new Agenda()
    const before = agenda.first?.time
    change(agenda)
    const after = agenda.first?.time
    if (after === undefined) this.#free.delete(tenantId)
    else this.#free.set(tenantId, agenda)
    if (before === after) return
    if (before !== undefined) this.#tenants.remove({ time: before, key: tenantId })
    if (after !== undefined) this.#tenants.add({ time: after, key: tenantId })
  }
}

function* upTo(appointments: Iterable<Appointment>, now: number): Generator<Appointment> {
  for (const appointment of appointments) {
    if (appointment.time > now) return
    yield appointment
  }
}
