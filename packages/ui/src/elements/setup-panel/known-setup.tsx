import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { CardSection } from '../../parts/card/card.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ResetGate } from './reset-gate.tsx'
import { SetupFrame } from './setup-frame.tsx'
import type { SetupFacade, SetupState } from './setup-frame.tsx'
import { setupPanelMessages } from './setup-panel.messages.ts'
import { SetupShellContext } from './setup-shell.ts'
import type { SetupShell } from './setup-shell.ts'
import { ForbiddenSetup } from './setup-gate.tsx'

export interface KnownSetupProps {
  shell: SetupShell
  frame: SetupFacade
  /** What the chip says. */
  state: SetupState
  /** The host offers no change. */
  readOnly: boolean | undefined
  /** The server lets this person save. */
  maySave: boolean
  /** What is set up, in facts. */
  summary: ReactNode
  /** The steps. */
  children: ReactNode
}

/** A panel whose settings are known: a summary for readers, the steps for those who may save, and the dialog of its reset. */
export function KnownSetup({ shell, frame, state, readOnly, maySave, summary, children }: KnownSetupProps) {
  const { messages } = shell
  const t = useMessages(setupPanelMessages, messages)
  return (
    <SetupShellContext.Provider value={shell}>
      <SetupFrame {...frame} state={state}>
        {maySave && !readOnly ? (
          children
        ) : (
          <CardSection>
            {maySave ? <Text tone="muted">{t('readOnlyNote')}</Text> : <ForbiddenSetup messages={messages} />}
            {summary}
          </CardSection>
        )}
      </SetupFrame>
      <ResetGate />
    </SetupShellContext.Provider>
  )
}
