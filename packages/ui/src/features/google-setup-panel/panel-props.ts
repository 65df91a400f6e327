import type { GoogleService, NotificationMode } from '@tenantry/sdk/model'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import type { SetupPanelError, SetupPanelOverrides } from '../../elements/setup-panel/index.ts'
import type { MessageOverrides } from '../../locales/use-messages.ts'
import type { PartClassNames } from '../../parts/environment/part-environment.ts'
import type { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import type { notificationSetupMessages } from './notification-setup.messages.ts'
import type { GoogleSetupStepId } from './setup-step.ts'

/** A failure as a host hears of it: no typed value is in it. */
export type GoogleSetupError = SetupPanelError

export interface GoogleSetupPanelProps {
  /** What the tenant may connect; drives steps, scopes and APIs. Default both. */
  services?: readonly GoogleService[]
  /** `wizard` shows one step at a time. Default `checklist`. */
  layout?: 'checklist' | 'wizard'
  /** Open at first; default the first unfinished step, none when all is set up. */
  initialStep?: GoogleSetupStepId
  /** The open step, when the host decides. */
  step?: GoogleSetupStepId | null
  onStepChange?: (step: GoogleSetupStepId | null) => void
  /** Shows what is set up and offers no change; also so when the server says that the person may not save. */
  readOnly?: boolean
  /** Default true: Calendar may have an OAuth client of its own. */
  allowSeparateCalendarClient?: boolean
  /** Ways to hear of new mail. Default all that the deployment supports. */
  pubsubModes?: readonly NotificationMode[]
  /** The tenant's name, for the app name that people see when they sign in. */
  tenantName?: string
  /** Adds a link to the host's own guide; a function is asked per topic. */
  docsUrl?: string | ((topic: GoogleSetupStepId | 'overview') => string)
  onSaved?: (status: GoogleSetupStatus) => void
  /** The first time everything that the services need is there. */
  onConfigured?: (status: GoogleSetupStatus) => void
  onReset?: () => void
  onError?: (error: GoogleSetupError) => void
  onDirtyChange?: (dirty: boolean) => void
  /** Adds the button that starts connecting. */
  onConnectGmail?: () => void
  onConnectCalendar?: () => void
  /** Adds the button that leads to the connections after the app has changed. */
  onShowConnections?: () => void
  /** More content under a step. */
  renderStepExtra?: (step: GoogleSetupStepId) => ReactNode
  className?: string
  classNames?: PartClassNames
  messages?: MessageOverrides<(typeof googleSetupPanelMessages)['messages'] & (typeof notificationSetupMessages)['messages']> &
    SetupPanelOverrides
  /** Of the title; steps are one below. Default 2. */
  headingLevel?: 1 | 2 | 3 | 4
  id?: string
}
