import { useEffect, useRef, useState } from 'react'

const DELAY_MS = 150
const MINIMUM_MS = 300

/** Whether to show a loading state: not for the first 150 ms, then for at least 300 ms, so that nothing flickers. */
export function useSteadyBusy(busy: boolean): boolean {
  const [shown, setShown] = useState(false)
  const shownFor = useRef<ReturnType<typeof setTimeout>>(undefined)
  const mayHide = useRef(true)
  const wanted = useRef(busy)
  useEffect(() => {
    wanted.current = busy
    if (!busy) {
      if (mayHide.current) setShown(false)
      return
    }
    const appear = setTimeout(() => {
      setShown(true)
      mayHide.current = false
      shownFor.current = setTimeout(() => {
        mayHide.current = true
        if (!wanted.current) setShown(false)
      }, MINIMUM_MS)
    }, DELAY_MS)
    return () => clearTimeout(appear)
  }, [busy])
  useEffect(() => () => clearTimeout(shownFor.current), [])
  return shown
}
