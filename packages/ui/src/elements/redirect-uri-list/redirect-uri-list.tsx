import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { Callout } from '../../parts/callout/callout.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { redirectUriListMessages } from './redirect-uri-list.messages.ts'

export interface RedirectUriListProps {
  /** As the server answers them: the same values go into the sign-in. */
  redirectUris: GoogleSetupStatus['redirectUris']
  baseUrlProblem?: GoogleSetupStatus['baseUrlProblem']
  services?: readonly ('gmail' | 'calendar')[]
}

const bothServices = ['gmail', 'calendar'] as const

/** The redirect URIs to paste into Google, each with its own copy button. */
export function RedirectUriList({ redirectUris, baseUrlProblem = null, services = bothServices }: RedirectUriListProps) {
  const t = useMessages(redirectUriListMessages)
  const rows = services.map((service) => ({ label: t(service), what: t('nameOf', { service: t(service) }), value: redirectUris[service] }))
  return (
    <>
      {baseUrlProblem === 'not_https' && <Callout tone="danger">{t('notHttps')}</Callout>}
      <CopyBox rows={rows} {...(rows.length > 1 && { copyAll: t('all') })} />
    </>
  )
}
