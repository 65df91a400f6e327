import type { ReactNode } from 'react'
import { Button } from '../../parts/button/button.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Link } from '../../parts/link/link.tsx'

export interface AppRowProps {
  /** Which app it is. */
  text: ReactNode
  /** Names the way to the setup. */
  open: string
  setupHref?: string | undefined
  onOpenSetup?: (() => void) | undefined
}

/** Which of the tenant's own apps a connection uses, and the way to its setup. */
export function AppRow({ text, open, setupHref, onOpenSetup }: AppRowProps) {
  const part = usePart()
  return (
    <div {...part('app-row')}>
      <Icon name="key" />
      <span className="tn-app-text">{text}</span>
      {onOpenSetup ? (
        <Button size="sm" variant="quiet" onClick={onOpenSetup}>
          {open}
        </Button>
      ) : (
        setupHref !== undefined && <Link href={setupHref}>{open}</Link>
      )}
    </div>
  )
}
