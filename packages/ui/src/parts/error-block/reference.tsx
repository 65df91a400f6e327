import { useRef } from 'react'
import type { ReactNode } from 'react'
import { CopyButton } from '../copy-button/copy-button.tsx'

export interface ReferenceProps {
  value: string
  /** Names the value in the copy button. */
  what: string
  /** The words around the value. */
  say: (code: ReactNode) => ReactNode
}

/** Something to tell support: in words, with a copy button. */
export function Reference({ value, what, say }: ReferenceProps) {
  const code = useRef<HTMLElement>(null)
  return (
    <div className="tn-reference">
      {say(
        <code key="reference" ref={code} className="tn-code" dir="ltr">
          {value}
        </code>,
      )}
      <CopyButton value={value} what={what} shownIn={code} variant="quiet" />
    </div>
  )
}
