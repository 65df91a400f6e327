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

/** What names a panel, whatever is known of its setup. */
export interface SetupFacade {
  /** Name of the mounted component, such as `google-setup-panel`. */
  part: string
  title: string
  subtitle: string
  /** The host's own guide. */
  guide: string | undefined
  /** What the host said of the frame. */
  options: {
    readonly messages?: SetupPanelOverrides
    readonly headingLevel?: 1 | 2 | 3 | 4
    readonly id?: string
    readonly className?: string
  }
}

export interface SetupFrameProps extends SetupFacade {
  /** Becomes `data-state`; the states of a setup also have a chip. */
  state: SetupState | 'loading' | 'error' | 'forbidden'
  children: ReactNode
}

/** Title, chip and guide: the same frame in every state, so that nothing jumps. */
export function SetupFrame({ part, title, subtitle, guide, options, state, children }: SetupFrameProps) {
  const { messages, headingLevel = 2, id, className } = options
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
