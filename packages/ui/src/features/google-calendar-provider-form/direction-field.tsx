import { useMessages } from '../../locales/use-messages.ts'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import type { CalendarDirection } from './calendar-form-values.ts'
import { calendarSettingsMessages } from './calendar-settings.messages.ts'

export interface DirectionFieldProps {
  directions: readonly CalendarDirection[]
  value: CalendarDirection
  onChange: (direction: CalendarDirection) => void
  /** The chosen calendar can only be viewed. */
  onlyView: boolean
  error?: string | undefined
}

/** Which way events go. Where there is one way only, there is nothing to ask. */
export function DirectionField({ directions, value, onChange, onlyView, error }: DirectionFieldProps) {
  const t = useMessages(calendarSettingsMessages)
  if (directions.length < 2 && error === undefined) return null
  const options = directions.map((direction) => {
    const disabled = onlyView && direction !== 'from_google'
    return { value: direction, label: t(direction), description: disabled ? t('viewReason') : t(`${direction}Effect`), disabled }
  })
  return <RadioGroup legend={t('direction')} options={options} value={value} onChange={onChange} error={error} />
}
