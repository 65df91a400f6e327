import type { Check } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Link } from '../../parts/link/link.tsx'
import { Text } from '../../parts/text/text.tsx'
import type { CheckActions, CheckWork } from './check-actions.ts'
import { checkListMessages } from './check-list.messages.ts'

export interface CheckFixProps {
  check: Check
  name: string
  work: CheckWork
  actions: CheckActions
}

/** The way to mend a check: a button that does it or leads a person there, or a link to Google. */
export function CheckFix({ check, name, work, actions }: CheckFixProps) {
  const t = useMessages(checkListMessages)
  const { fix } = check
  // After it was done the button stays, with the focus, and says so.
  if (work.fix === 'done') {
    return (
      <div className="tn-actions">
        <Button size="sm" icon="check" aria-disabled="true" aria-label={t('fixOf', { fix: t('fixDone'), check: name })}>
          {t('fixDone')}
        </Button>
      </div>
    )
  }
  if (fix === null) return null
  const label = t(`fix_${fix.id}`)
  if (fix.id === 'open_console') {
    if (fix.href === undefined || !fix.href.startsWith('https://')) return null
    return (
      <div className="tn-actions">
        <Link look="secondary" data-size="sm" href={fix.href} external={t('console')}>
          {label}
        </Link>
      </div>
    )
  }
  if (!actions.fix || !actions.canFix?.(fix)) return null
  return (
    <>
      {work.fix === 'unhelped' && (
        <Text size="small" tone="muted">
          {t('unhelped')}
        </Text>
      )}
      <div className="tn-actions">
        <Button
          size="sm"
          busy={work.fix === 'running'}
          aria-label={t('fixOf', { fix: label, check: name })}
          onClick={() => actions.fix?.(check, fix)}
        >
          {label}
        </Button>
      </div>
    </>
  )
}
