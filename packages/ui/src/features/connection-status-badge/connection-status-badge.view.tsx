import type { Health } from '@tenantry/sdk/wire'
import { isUnchosen } from '../../elements/status-looks/is-unchosen.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { MessageOverrides } from '../../locales/use-messages.ts'
// Parts by file, not by index: a badge alone on a page must not carry the other parts' chunk.
import { usePart } from '../../parts/environment/use-part.ts'
import { StatusIcon } from '../../parts/icon/status-icon.tsx'
import { Root } from '../../parts/root/root.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden/visually-hidden.tsx'
import { connectionStatusBadgeMessages } from './connection-status-badge.messages.ts'
import { describeStatus } from './status-detail.tsx'
import { statusLooks } from './status-looks.ts'
import type { BadgeAction, BadgeStatus } from './status-looks.ts'

export interface ConnectionStatusBadgeViewProps {
  /** `null`: could not be loaded. */
  status: Health | null
  /** Default `pill`; a `dot` keeps its word for assistive technology. */
  variant?: 'pill' | 'dot' | 'text'
  /** Default `md`. */
  size?: 'sm' | 'md'
  /** Adds the reason, the last change or the next try as text. */
  showDetail?: boolean
  /** Announces changes, once and politely. */
  live?: boolean
  /** With `button` the badge itself is pressed; without an action for the status it stays text. */
  as?: 'span' | 'button'
  onAction?: (action: BadgeAction) => void
  className?: string
  messages?: MessageOverrides<(typeof connectionStatusBadgeMessages)['messages']>
}

/** A connection's status: icon, word, and on request one sentence. */
export function ConnectionStatusBadgeView(props: ConnectionStatusBadgeViewProps) {
  const { status, variant = 'pill', size = 'md', showDetail = false, live = false, as = 'span', onAction, className, messages } = props
  const part = usePart()
  const t = useMessages(connectionStatusBadgeMessages, messages)
  const name: BadgeStatus = status === null ? 'unknown' : isUnchosen(status) ? 'connecting' : status.status
  const { tone, icon, action } = statusLooks[name]
  const label = variant === 'dot' ? <VisuallyHidden>{t(name)}</VisuallyHidden> : t(name)
  const face = { ...part('badge', 'tn-chip'), 'data-tone': tone, 'data-variant': variant, 'data-size': size }
  const detail = showDetail ? describeStatus(status, t) : null
  return (
    <Root
      part="connection-status-badge"
      as="span"
      className={className}
      data-status={status?.status ?? name}
      {...(live && { role: 'status' })}
    >
      {as === 'button' && action && onAction ? (
        <button type="button" {...face} title={t(action)} onClick={() => onAction(action)}>
          <StatusIcon name={icon} />
          {label}
          <VisuallyHidden>. {t(action)}</VisuallyHidden>
        </button>
      ) : (
        <span {...face}>
          <StatusIcon name={icon} />
          {label}
        </span>
      )}
      {detail !== null && <span {...part('badge-detail')}>{detail}</span>}
    </Root>
  )
}
