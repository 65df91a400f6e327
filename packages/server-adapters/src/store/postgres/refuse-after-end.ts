import type { KyselyPlugin } from 'kysely'

/** Refuses statements in a transaction that is about to be rolled back: until that is answered the driver would take them, and keep them. @param assertRunning throws by then */
export function refuseAfterEnd(assertRunning: () => void): KyselyPlugin {
  return {
    transformQuery({ node }) {
      assertRunning()
      return node
    },
    transformResult: async ({ result }) => result,
  }
}
