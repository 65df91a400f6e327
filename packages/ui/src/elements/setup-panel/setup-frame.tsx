import type { ReactNode } from 'react'
import type { Tone } from '../../parts/callout/callout.tsx'
import { Card } from '../../parts/card/card.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import { Link } from '../../parts/link/link.tsx'
import { useMessages } from '../../locales/use-messages.ts'
import { setupPanelMessages } from './setup-panel.messages.ts'
import type { SetupPanelOverrides } from './setup-shell.ts'

/** What the chip says of a setup. */
export type SetupState = 'missing' | 'partial' | 'ready' | 'attention'

const chips = {
  missing: { text: 'chipMissing', tone: 'neutral', icon: 'ring-dashed' },
  partial: { text: 'chipPartial', tone: 'info', icon: 'spinner' },
  ready: { text: 'chipReady', tone: 'success', icon: 'check-circle' },
  attention: { text: 'chipAttention', tone: 'warning', icon: 'alert' },
} as const satisfies Record<SetupState, { text: string; tone: Tone; icon: IconName }>

export interface SetupFrameProps {
  /** Name of the mounted component, such as `google-setup-panel`. */
  part: string
  title: string
  subtitle: string
  /** Becomes `data-state`; the states of a setup also have a chip. */
  state: SetupState | 'loading' | 'error' | 'forbidden'
  /** The host's own guide. */
  guide?: string | undefined
  messages?: SetupPanelOverrides | undefined
  headingLevel?: 1 | 2 | 3 | 4 | undefined
  id?: string | undefined
  className?: string | undefined
  children: ReactNode
}

/** Title, chip and guide: the same frame in every state, so that nothing jumps. */
export function SetupFrame({ part, title, subtitle, state, guide, messages, headingLevel = 2, id, className, children }: SetupFrameProps) {
  const t = useMessages(setupPanelMessages, messages)
  const chip = state in chips ? chips[state as SetupState] : null
  return (
    <Card
      part={part}
      id={id}
      className={['tn-setup-panel', className].filter(Boolean).join(' ')}
      headingLevel={headingLevel}
      title={title}
      subtitle={subtitle}
      state={state}
      aside={
        (chip || guide) && (
          <>
            {guide && (
              <Link href={guide} external>
                {t('guide')}
              </Link>
            )}
            {chip && (
              <Chip tone={chip.tone} icon={chip.icon}>
                {t(chip.text)}
              </Chip>
            )}
          </>
        )
      }
    >
      {children}
    </Card>
  )
}
