import type { ReactNode } from 'react'
import { Card } from '../../parts/card/card.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import { Link } from '../../parts/link/link.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import type { Tone } from '../../parts/callout/callout.tsx'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import type { PanelTexts, SetupModel } from './setup-context.ts'

const chips = {
  missing: { text: 'chipMissing', tone: 'neutral', icon: 'ring-dashed' },
  partial: { text: 'chipPartial', tone: 'info', icon: 'spinner' },
  ready: { text: 'chipReady', tone: 'success', icon: 'check-circle' },
  attention: { text: 'chipAttention', tone: 'warning', icon: 'alert' },
} as const satisfies Record<SetupModel['state'], { text: string; tone: Tone; icon: IconName }>

export interface SetupFrameProps {
  props: GoogleSetupPanelProps
  t: PanelTexts
  /** Becomes `data-state`; the first four also have a chip. */
  state: SetupModel['state'] | 'loading' | 'error' | 'forbidden'
  children: ReactNode
}

/** Title, chip and guide: the same frame in every state, so that nothing jumps. */
export function SetupFrame({ props, t, state, children }: SetupFrameProps) {
  const chip = state in chips ? chips[state as SetupModel['state']] : null
  const guide = typeof props.docsUrl === 'function' ? props.docsUrl('overview') : props.docsUrl
  return (
    <Card
      part="google-setup-panel"
      id={props.id}
      className={props.className}
      headingLevel={props.headingLevel ?? 2}
      title={t('title')}
      subtitle={t('subtitle')}
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
