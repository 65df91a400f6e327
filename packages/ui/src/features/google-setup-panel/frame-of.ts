import type { SetupFacade } from '../../elements/setup-panel/index.ts'
import type { GoogleSetupPanelProps } from './panel-props.ts'
import type { PanelTexts } from './setup-context.ts'

/** The panel's frame, whatever is known. */
export function frameOf(props: GoogleSetupPanelProps, t: PanelTexts): SetupFacade {
  const { docsUrl } = props
  return {
    part: 'google-setup-panel',
    title: t('title'),
    subtitle: t('subtitle'),
    guide: typeof docsUrl === 'function' ? docsUrl('overview') : docsUrl,
    options: props,
  }
}
