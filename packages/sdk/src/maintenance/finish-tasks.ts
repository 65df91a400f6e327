import type { Context } from '../context.ts'
import type { TaskEnd } from '../ports/index.ts'

export interface Finisher {
  /** Ends a claim, together with others that end at about the same time. @returns whether the claim was still ours @throws `unavailable` */
  finish(end: TaskEnd): Promise<boolean>
}

/** While one batch is written, the next gathers: one statement for many when there are many, and no waiting when there is one. */
export function createFinisher(context: Context): Finisher {
  let gathering: { readonly ends: TaskEnd[]; readonly held: Promise<readonly boolean[]> } | null = null
  let writing: Promise<unknown> = Promise.resolve()

  return {
    async finish(end) {
      gathering ??= gather()
      const { ends, held } = gathering
      const at = ends.push(end) - 1
      return (await held)[at] === true
    },
  }

  function gather(): NonNullable<typeof gathering> {
    const ends: TaskEnd[] = []
    const held = writing.then(() => {
      gathering = null
      return context.store.tasks.finish(ends)
    })
    // Whoever waits for it hears of a failure; the next batch is written all the same.
    writing = held.catch(() => undefined)
    return { ends, held }
  }
}
