import type { SetupFacade } from '../../elements/setup-panel/index.ts'
import type { MicrosoftSetupPanelProps } from './panel-props.ts'
import type { PanelTexts } from './setup-context.ts'

/** The panel's frame, whatever is known. */
export function frameOf(props: MicrosoftSetupPanelProps, t: PanelTexts): SetupFacade {
  const { docsUrl } = props
  return {
    part: 'microsoft-setup-panel',
    title: t('title'),
    subtitle: t('subtitle'),
    guide: docsUrl,
    options: props,
  }
}
