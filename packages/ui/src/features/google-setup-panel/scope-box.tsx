import { Chip } from '../../parts/chip/chip.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useSetupModel } from './setup-context.ts'

/** The scopes to paste, one per row, with the class in which Google lists them. */
export function ScopeBox() {
  const { t, status, services } = useSetupModel()
  const groups = [
    { service: 'gmail', scopes: status.scopes.gmail, what: t('scopeGmail'), kind: t('scopeRestricted'), tone: 'warning' },
    { service: 'calendar', scopes: status.scopes.calendar, what: t('scopeCalendar'), kind: t('scopeSensitive'), tone: 'info' },
    { service: null, scopes: status.scopes.identity, what: t('scopeIdentity'), kind: t('scopePlain'), tone: 'neutral' },
  ] as const
  const rows = groups
    .filter(({ service }) => service === null || services.includes(service))
    .flatMap(({ scopes, what, kind, tone }) =>
      scopes.map((scope) => ({
        value: scope,
        what: scope,
        label: (
          <span className="tn-setup-scope">
            {what} <Chip tone={tone}>{kind}</Chip>
          </span>
        ),
      })),
    )
  return (
    <>
      <CopyBox rows={rows} copyAll={t('scopeAll')} className="tn-setup-scopes" />
      {services.includes('gmail') && (
        <Disclosure summary={t('scopeNoteSummary')}>
          <Text size="small">{t.rich('scopeNote')}</Text>
        </Disclosure>
      )}
    </>
  )
}
