import type { ReactNode } from 'react'
import { Button } from '../../parts/button/button.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Text } from '../../parts/text/text.tsx'

export interface DangerZoneProps {
  title: string
  /** What a reset takes away. */
  children: ReactNode
  onOpen: () => void
}

/** What a reset takes away, before anything can be pressed. */
export function DangerZone({ title, children, onOpen }: DangerZoneProps) {
  return (
    <div className="tn-setup-danger">
      <Disclosure summary={title}>
        <div className="tn-setup-stack">
          <Text size="small">{children}</Text>
          <div>
            <Button onClick={onOpen}>{title}</Button>
          </div>
        </div>
      </Disclosure>
    </div>
  )
}
