import type { MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import type { SetupPanelError, SetupPanelOptions, SetupPanelOverrides } from '../../elements/setup-panel/index.ts'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { microsoftSetupPanelMessages } from './microsoft-setup-panel.messages.ts'
import type { MicrosoftSetupStepId } from './setup-step.ts'

/** A failure as a host hears of it: no typed value is in it. */
export type MicrosoftSetupError = SetupPanelError

export interface MicrosoftSetupPanelProps extends Omit<SetupPanelOptions<MicrosoftSetupStepId, MicrosoftSetupStatus>, 'messages'> {
  /** Shows what is set up and offers no change; also so when the server says that the person may not save. */
  readOnly?: boolean
  /** Adds a link to the host's own guide. */
  docsUrl?: string
  /** Adds the button that starts connecting. */
  onConnectMailbox?: () => void
  className?: string
  classNames?: PartClassNames
  messages?: MessageOverrides<(typeof microsoftSetupPanelMessages)['messages']> & SetupPanelOverrides
  /** Of the title; steps are one below. Default 2. */
  headingLevel?: 1 | 2 | 3 | 4
  id?: string
}
