import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'

export interface RefuseOversizeProps {
  model: ConnectionFormModel
  messages: MicrosoftSharedMailboxFormProps['messages']
}

/** Gives SMTP up for large messages, which mends a mailbox that sends the others by Graph. */
export function RefuseOversize({ model, messages }: RefuseOversizeProps) {
  const t = useMessages(mailboxChoicesMessages, messages)
  return (
    <Button busy={model.server.actions.update.isPending} onClick={() => void model.change({ oversize: 'refuse' })}>
      {t('refuseOversize')}
    </Button>
  )
}
