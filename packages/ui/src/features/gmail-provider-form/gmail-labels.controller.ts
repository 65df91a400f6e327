import { useController } from 'react-hook-form'
import type { Control } from 'react-hook-form'
import { useChoices } from '../../data/use-choices.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { GmailFormValues } from './gmail-form-values.ts'
import { gmailLabelsMessages } from './gmail-labels.messages.ts'
import { readLabels } from './read-labels.ts'

/** The labels of a connected mailbox and which are chosen. */
export function useGmailLabels(connectionId: string, control: Control<GmailFormValues>) {
  const t = useMessages(gmailLabelsMessages)
  const choices = useChoices(connectionId)
  const ids = useController({ control, name: 'labelIds' })
  const mode = useController({ control, name: 'labelMode' })
  const nameSystem = (id: string) => (/^[A-Z_]+$/.test(id) && id in gmailLabelsMessages.messages ? t(id as 'INBOX') : null)
  const labels = choices.data && (choices.data['labelIds'] ?? [])
  return {
    t,
    ids,
    mode,
    labels: labels && readLabels({ labels, values: ids.field.value, nameSystem, locale: t.locale }),
    isPending: choices.isPending,
    error: choices.error,
    retry: () => void choices.refetch(),
    isRetrying: choices.isFetching,
  }
}
