import type { Check } from '@tenantry/sdk/wire'
import { useFailureWords } from '../../elements/failure/index.ts'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Text } from '../../parts/text/text.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import { useSetupModel } from './setup-context.ts'
import type { PanelTexts } from './setup-context.ts'

const looks = {
  pass: { icon: 'check-circle', word: 'checkPass' },
  warn: { icon: 'alert', word: 'checkWarn' },
  fail: { icon: 'x-octagon', word: 'checkFail' },
  skip: { icon: 'minus', word: 'checkSkip' },
} as const satisfies Record<Check['status'], { icon: IconName; word: string }>

/** One check: state in icon and word, what it means, and the two values where they differ. */
export function SetupCheck({ check }: { check: Check }) {
  const { t } = useSetupModel()
  const part = usePart()
  const { icon, word } = looks[check.status]
  const name = t(`check_${check.id}`)
  const rows = [
    { value: check.expected, what: t('expectedOf', { check: name }), label: t('expected') },
    { value: check.actual, what: t('actualOf', { check: name }), label: t('actual') },
  ].flatMap(({ value, ...row }) => (value === null || check.status === 'pass' ? [] : [{ ...row, value }]))
  return (
    <li {...part('setup-check')} data-status={check.status}>
      <Icon name={icon} />
      <div className="tn-setup-check-body">
        <div>
          <strong className="tn-strong">{name}</strong> <span className="tn-setup-check-word">{t(word)}</span>
        </div>
        <CheckReason check={check} t={t} />
        {rows.length > 0 && <CopyBox rows={rows} />}
      </div>
    </li>
  )
}

function CheckReason({ check, t }: { check: Check; t: PanelTexts }) {
  const say = useFailureWords()
  if (check.status === 'skip') {
    return <Text size="small">{check.blockedBy ? t('skippedFor', { check: t(`check_${check.blockedBy}`) }) : t('skipped')}</Text>
  }
  if (check.status === 'warn' && check.id === 'redirect_uris' && check.code === null) return <Text size="small">{t('notProven')}</Text>
  if (check.code === null) return null
  const { title, detail, remedy } = say({ code: check.code, values: check.values })
  return (
    <Text size="small">
      {title}. {detail} {remedy}
    </Text>
  )
}
