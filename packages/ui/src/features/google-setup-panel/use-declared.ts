import { useCallback, useEffect, useState } from 'react'
import type { Declared } from './setup-step.ts'

const nothing: Declared = { gmailApi: false, calendarApi: false, pubsubApi: false, published: false }

/** What the person has ticked, remembered in this browser for this tenant. Without a tenant id it lasts as long as the panel. */
export function useDeclared(tenantId: string | undefined): [Declared, (patch: Partial<Declared>) => void] {
  const key = tenantId === undefined ? null : `tenantry:google-setup:${tenantId}`
  const [declared, setDeclared] = useState(nothing)
  // After mount: the server knows nothing of this browser, and both first renders must agree.
  useEffect(() => setDeclared(key === null ? nothing : read(key)), [key])
  const declare = useCallback(
    (patch: Partial<Declared>) =>
      setDeclared((last) => {
        const next = { ...last, ...patch }
        if (key !== null) write(key, next)
        return next
      }),
    [key],
  )
  return [declared, declare]
}

function read(key: string): Declared {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const marks = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {}
    const isMarked = (name: keyof Declared) => marks[name] === true
    return { gmailApi: isMarked('gmailApi'), calendarApi: isMarked('calendarApi'), pubsubApi: isMarked('pubsubApi'), published: isMarked('published') }
  } catch {
    // Storage is refused or holds something else: the ticks are a convenience and start empty.
    return nothing
  }
}

function write(key: string, declared: Declared): void {
  try {
    localStorage.setItem(key, JSON.stringify(declared))
  } catch {
    // Full or refused storage: the ticks still hold until the panel goes away.
  }
}
