import type { Call } from '../../http/operation.ts'
import { problemPage } from './consent-pages.ts'
import { EntraError } from './entra-error.ts'

/** Shows a refusal on a page of Entra's: the host never hears of it. */
export function onPage(handle: (call: Call) => Promise<Response> | Response): (call: Call) => Promise<Response> {
  return async (call) => {
    try {
      return await handle(call)
    } catch (problem) {
      if (problem instanceof EntraError) return problemPage(problem)
      throw problem
    }
  }
}
