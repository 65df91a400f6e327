import { useMessages } from '../../locales/use-messages.ts'
import { Select } from '../../parts/select/select.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import type { PersonsFilter } from './arrange-connections.ts'
import { connectionListMessages } from './connection-list.messages.ts'

const options = [
  ['all', 'showAll'],
  ['attention', 'showAttention'],
  ['working', 'showWorking'],
  ['paused', 'showPaused'],
  ['disconnected', 'showDisconnected'],
] as const

export interface ListToolbarProps {
  wanted: PersonsFilter
  onWant: (wanted: PersonsFilter) => void
}

/** Finds one among many. */
export function ListToolbar({ wanted, onWant }: ListToolbarProps) {
  const t = useMessages(connectionListMessages)
  return (
    <div className="tn-list-toolbar">
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={wanted.text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onWant({ ...wanted, text: event.currentTarget.value })}
      />
      <Select
        aria-label={t('show')}
        value={wanted.group}
        onChange={(event) => onWant({ ...wanted, group: event.currentTarget.value as PersonsFilter['group'] })}
      >
        {options.map(([group, words]) => (
          <option key={group} value={group}>
            {t(words)}
          </option>
        ))}
      </Select>
    </div>
  )
}
