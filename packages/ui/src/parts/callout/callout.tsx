import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'
import type { IconName } from '../icon/icon-paths.ts'
import { Icon } from '../icon/icon.tsx'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

export interface CalloutProps {
  /** Default `info`. */
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons and links under the text. */
  actions?: ReactNode
  /** Announce when it appears: `alert` only for what stops the person. */
  live?: 'status' | 'alert'
  icon?: IconName
  className?: string
}

/** The icon that stands for a tone. */
export const toneIcons: Readonly<Record<Tone, IconName>> = {
  neutral: 'info',
  info: 'info',
  success: 'check-circle',
  warning: 'alert',
  danger: 'x-octagon',
}

/** A message in the flow of the page: icon, words, and what to do. */
export function Callout({ tone = 'info', title, children, actions, live, icon, className }: CalloutProps) {
  const part = usePart()
  return (
    <div {...part('callout', className)} data-tone={tone} role={live}>
      <Icon name={icon ?? toneIcons[tone]} />
      <div className="tn-callout-content">
        {title && <div {...part('callout-title')}>{title}</div>}
        {children && <div className="tn-callout-text">{children}</div>}
        {actions && <div className="tn-actions">{actions}</div>}
      </div>
    </div>
  )
}
