import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { VisuallyHidden } from '../../parts/visually-hidden/visually-hidden.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import type { Tone } from '../../parts/callout/callout.tsx'
import { taskListMessages } from './task-list.messages.ts'

export type TaskState = 'waiting' | 'working' | 'done' | 'failed' | 'skipped'

export interface TaskItem {
  id: string
  label: ReactNode
  state: TaskState
  /** Instead of the state's own word, and shown. */
  word?: string
  /** Why it failed or was skipped, and what to do. */
  detail?: ReactNode
  /** A warning on something that is done. */
  warning?: boolean
}

export interface TaskListProps {
  items: readonly TaskItem[]
  label: string
}

const looks: Readonly<Record<TaskState, { icon: IconName; tone: Tone }>> = {
  waiting: { icon: 'ring-dashed', tone: 'neutral' },
  working: { icon: 'spinner', tone: 'info' },
  done: { icon: 'check-circle', tone: 'success' },
  failed: { icon: 'x-octagon', tone: 'danger' },
  skipped: { icon: 'minus', tone: 'neutral' },
}

/** Things that are being done or checked, each with its state in icon and word. */
export function TaskList({ items, label }: TaskListProps) {
  const part = usePart()
  const t = useMessages(taskListMessages)
  return (
    <ul {...part('task-list')} aria-label={label}>
      {items.map((item) => {
        const look = item.warning ? ({ icon: 'alert', tone: 'warning' } as const) : looks[item.state]
        return (
          <li key={item.id} {...part('task')} data-state={item.state} data-tone={look.tone}>
            <Icon name={look.icon} />
            <div className="tn-task-text">
              {item.label}
              {item.word === undefined ? (
                <VisuallyHidden>, {t(item.state)}</VisuallyHidden>
              ) : (
                <>
                  <VisuallyHidden>, </VisuallyHidden>
                  <span className="tn-task-word">{item.word}</span>
                </>
              )}
              {item.detail && <div className="tn-task-detail">{item.detail}</div>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
