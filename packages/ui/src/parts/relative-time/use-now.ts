import { createContext, useContext, useSyncExternalStore } from 'react'
import { createTicker } from './ticker.ts'

export const TickerContext = createContext(createTicker(() => Date.now()))

/** The shared clock: `null` on the server and in the first client render, then milliseconds, renewed each 30 s. */
export function useNow(): number | null {
  const ticker = useContext(TickerContext)
  return useSyncExternalStore<number | null>(ticker.subscribe, ticker.read, () => null)
}
