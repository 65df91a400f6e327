import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { GRAPH_HOST } from '../clouds.ts'
import { GraphError } from './graph-error.ts'

/** The same mailbox can be named in four ways; the last two are how Graph writes its own links. */
const MAILBOXES = ['/me', '/users/:user']
const KEYED = ["/:userKey{users\\('[^/]*'\\)}"]

interface GraphOperation {
  name: string
  method: Operation['method']
  /** Below `/v1.0`. */
  path: string
  handle(call: Call): unknown
}

/** An endpoint of Graph. */
export function graphOperation(world: World, operation: GraphOperation): Operation {
  return { ...operation, path: `${GRAPH_HOST}/v1.0${operation.path}`, handle: refusing(world, operation.handle) }
}

/** Refuses in the JSON of Graph. */
export function refusing(world: World, handle: (call: Call) => unknown): (call: Call) => Promise<unknown> {
  return async (call) => {
    try {
      return await handle(call)
    } catch (problem) {
      if (problem instanceof GraphError) return problem.toResponse(world.clock.now())
      throw problem
    }
  }
}

/** An endpoint of a mailbox; its path is below the mailbox. */
export function mailboxOperation(world: World, operation: GraphOperation): Operation[] {
  return [...MAILBOXES, ...KEYED].map((mailbox) => graphOperation(world, { ...operation, path: `${mailbox}${operation.path}` }))
}
