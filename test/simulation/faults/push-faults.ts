import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { Truth } from '../world/truth.ts'
import type { Worker } from '../world/worker.ts'
import type { TroubleBook } from './trouble-book.ts'

type Deliver = (request: Request) => Promise<Response>

interface PushParts {
  readonly workers: () => readonly Worker[]
  readonly truth: Truth
  readonly book: TroubleBook
  readonly time: VirtualTime
  readonly chance: Chance
}

/** The way from the vendors to us: posts get lost, doubled, late and out of order, and land at any worker. */
export function createPushRoad({ workers, truth, book, time, chance }: PushParts): Deliver & { readonly posts: () => number } {
  let posts = 0
  const hand = async (request: Request): Promise<Response> => {
    await time.pause(chance.between(5, 100))
    const all = workers()
    const worker = all[chance.between(0, all.length - 1)]
    posts += 1
    return worker === undefined ? new Response(null, { status: 503 }) : worker.receive(request)
  }
  /** Graph keeps a subscription that it posts nothing of, and still asks before it opens one. */
  const isSilent = ({ url }: Request): boolean => {
    const { searchParams } = new URL(url)
    const site = truth.siteByConnection(searchParams.get('connection') ?? '')
    return site !== undefined && !searchParams.has('validationToken') && book.find('subscription silent', time.now(), site) !== null
  }
  const deliver = async (request: Request): Promise<Response> => {
    if (isSilent(request)) return new Response(null, { status: 202 })
    const draw = chance.next()
    const lost = book.find('pushes lost', time.now()) === null ? 0.03 : 0.8
    if (draw < lost) {
      book.count('push lost')
      return new Response(null, { status: 204 })
    }
    if (draw > 0.97) {
      book.count('push doubled')
      void hand(request.clone())
    } else if (draw > 0.93) {
      book.count('push late')
      // Beyond the vendor's own patience: it counts as refused there, and arrives all the same.
      await time.pause(chance.between(500, 9_000))
    } else if (draw > 0.91) {
      book.count('push far too late')
      const copy = request.clone()
      void time.pause(chance.between(1, 30) * 60_000).then(() => hand(copy))
      return new Response(null, { status: 204 })
    }
    return hand(request)
  }
  return Object.assign(deliver, { posts: () => posts })
}
