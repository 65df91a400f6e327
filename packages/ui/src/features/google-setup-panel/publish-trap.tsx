import { Callout } from '../../parts/callout/callout.tsx'
import { Checkbox } from '../../parts/checkbox/checkbox.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useSetupModel } from './setup-context.ts'

/** The 7-day limit of Google's Testing mode, and the way out of it. */
export function PublishTrap() {
  const { t, declared, declare } = useSetupModel()
  return (
    <Callout
      tone={declared.published ? 'success' : 'warning'}
      title={t('trapTitle')}
      actions={
        <Checkbox
          label={t('trapPublished')}
          checked={declared.published}
          onChange={(event) => declare({ published: event.target.checked })}
        />
      }
    >
      <p>{t.rich('trapBody', { link: <ConsolePageLink to="audience" /> })}</p>
      <p>{t('trapReconnect')}</p>
      <p>{t.rich('trapTest')}</p>
    </Callout>
  )
}
