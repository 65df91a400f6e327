import type { Sandbox } from '@tenantry/sandbox'
import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Item } from './truth.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

interface TidyingParts {
  readonly sandbox: Sandbox
  readonly time: VirtualTime
  readonly chance: Chance
  readonly until: number
}

/** People put mail of a shared mailbox away and bring it back, and delete some, before or after it was told. @returns what is done with a mail */
export function createTidying({ sandbox: { microsoft }, time, chance, until }: TidyingParts): (item: Item) => void {
  const soon = (): number => (chance.happens(0.5) ? chance.between(0, 5 * minuteMs) : chance.between(5 * minuteMs, 3 * dayMs))
  return (item) => {
    const { id, site } = item
    const draw = chance.next()
    if (draw > 0.2) return
    const awayAt = time.now() + soon()
    if (draw < 0.05) {
      time.schedule(awayAt, async () => {
        // Nobody has to be told of what is gone.
        item.must = false
        microsoft.deleteMessage(site.address, id)
      })
      return
    }
    time.schedule(awayAt, async () => microsoft.moveMessage(site.address, id, 'archive'))
    time.schedule(Math.min(awayAt + 1 + soon(), Math.max(until, awayAt + 1)), async () => {
      item.broughtBack = true
      microsoft.moveMessage(site.address, id, 'inbox')
    })
  }
}
