import type { Sandbox } from '@tenantry/sandbox'
import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Worker } from '../world/worker.ts'
import type { TroubleBook } from './trouble-book.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface WorldPlanParts {
  readonly sandbox: Sandbox
  readonly book: TroubleBook
  readonly time: VirtualTime
  readonly chance: Chance
  readonly workers: readonly Worker[]
  readonly from: number
  readonly until: number
  /** How much oftener than usual. */
  readonly trouble: number
}

/** What befalls everybody: at the vendor, in the network, and in our own processes. */
export function planWorld({ sandbox, book, time, chance, workers, from, until, trouble }: WorldPlanParts): void {
  const days = (until - from) / dayMs
  /** So many times in sixty days. */
  const repeat = (times: number, act: (at: number) => void): void => {
    const share = (trouble * times * days) / 60
    const rounds = Math.floor(share) + (chance.happens(share % 1) ? 1 : 0)
    for (let left = rounds; left > 0; left -= 1) act(chance.between(from, until))
  }
  const during = (kind: string, at: number, lastsMs: number): void => {
    const to = Math.min(at + lastsMs, until)
    time.schedule(at, async () => void book.begin({ kind, tenantId: null, address: null, from: at, to }))
  }
  repeat(1, (at) => during('token endpoint down', at, 6 * hourMs))
  repeat(4, (at) => during('API down', at, chance.between(5, 90) * minuteMs))
  repeat(2, (at) => during('ticks missed', at, dayMs))
  repeat(2, (at) => during('ticks doubled', at, dayMs))
  repeat(3, (at) => during('pushes lost', at, chance.between(1, 4) * hourMs))
  repeat(8, (at) => during('host failing', at, chance.between(1, 40) * minuteMs))
  repeat(1, (at) => {
    time.schedule(at, async () => {
      book.count('channel life shortened')
      sandbox.google.limitChannelLife(chance.between(6, 24) * hourMs)
      time.schedule(time.now() + 3 * dayMs, async () => sandbox.google.limitChannelLife(null))
    })
  })
  repeat(40, (at) => {
    time.schedule(at, async () => {
      book.count('worker crashed')
      workers[chance.between(0, workers.length - 1)]?.doom()
    })
  })
  const jump = (kind: string, at: number, skewMs: number): void => {
    time.schedule(at, async () => {
      const worker = workers[chance.between(0, workers.length - 1)]
      if (worker === undefined) return
      book.count(kind)
      worker.skewMs = skewMs
      time.schedule(time.now() + chance.between(10, 120) * minuteMs, async () => {
        worker.skewMs = 0
      })
    })
  }
  repeat(10, (at) => jump('clock off by seconds', at, chance.between(-15_000, 15_000)))
  repeat(4, (at) => jump('clock ahead by minutes or hours', at, Math.round(2 ** (chance.next() * 8) * minuteMs)))
  repeat(3, (at) => jump('clock behind by minutes', at, -chance.between(1, 10) * minuteMs))
}
