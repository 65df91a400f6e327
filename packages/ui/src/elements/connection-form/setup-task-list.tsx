import type { Health } from '@tenantry/sdk/wire'
import { useFailureWords } from '../failure/index.ts'
import { TaskList } from '../task-list/task-list.tsx'
import { useMessages } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import { connectionDetailsMessages } from './connection-details.messages.ts'
import type { ProviderWords } from './provider-words.ts'
import { readSetupTasks } from './setup-tasks.ts'

/** What happens after the consent, step by step. */
export function SetupTaskList({ health, words }: { health: Health; words: ProviderWords }) {
  const t = useMessages(connectionDetailsMessages)
  const say = useFailureWords()
  const labels = { save: t('taskSave'), watch: words.taskWatch, import: t('taskImport') }
  const why = health.deliveryReason === null ? undefined : say({ code: health.deliveryReason, values: health.values })
  const items = readSetupTasks(health).map(({ id, state, warning }) => ({
    id,
    label: labels[id],
    state,
    warning,
    detail: id === 'watch' && state === 'skipped' ? why?.title : undefined,
  }))
  return (
    <div className="tn-setting-up">
      <Text size="small">{t('settingUp')}</Text>
      <TaskList items={items} label={t('settingUp')} />
    </div>
  )
}
