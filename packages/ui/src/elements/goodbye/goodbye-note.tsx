import type { ReactNode } from 'react'
import { useFailureWords } from '../failure/index.ts'
import { useVendor } from '../../locales/vendor.tsx'
import { useMessages } from '../../locales/use-messages.ts'
import { Link } from '../../parts/link/link.tsx'
import { ClockTime } from '../../parts/relative-time/clock-time.tsx'
import { isDue } from '../../parts/relative-time/is-due.ts'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { goodbyeMessages } from './goodbye.messages.ts'
import { readGoodbye } from './read-goodbye.ts'
import type { Ended } from './read-goodbye.ts'

/** What the provider has still to be told, and when; nothing when all is confirmed. */
export function GoodbyeNote({ connection }: { connection: Ended }): ReactNode {
  const t = useMessages(goodbyeMessages)
  const say = useFailureWords()
  const state = readGoodbye(connection)
  if (state === 'said') return null
  if (state === 'given_up') return <div>{t('stopsByItself')}</div>
  if (state === 'unconfirmed') return <div>{t('unconfirmedHelp')}</div>
  const { code = null, nextAttemptAt = null } = connection.goodbye ?? {}
  return (
    <>
      <div>
        <NextTry at={nextAttemptAt} />
      </div>
      {code !== null && code !== 'provider_unavailable' && <div>{say({ code }).title}.</div>}
    </>
  )
}

function NextTry({ at }: { at: string | null }): ReactNode {
  const t = useMessages(goodbyeMessages)
  const now = useNow()
  return at === null || isDue(at, now) ? t('retriedSoon') : t.rich('retriedAt', { time: <ClockTime key="time" iso={at} /> })
}

const permissionPages = {
  google: 'https://myaccount.google.com/permissions',
  microsoft: 'https://myapplications.microsoft.com',
} as const

/** Where a person takes the access away themselves. */
export function PermissionsLink(): ReactNode {
  const t = useMessages(goodbyeMessages)
  const vendor = useVendor()
  return (
    <Link look="secondary" href={permissionPages[vendor]} external={t('account')}>
      {t('permissionsPage')}
    </Link>
  )
}

/** The title of a connection that is disconnected, unless everything is said. */
export function useGoodbyeTitle(connection: Ended): string | null {
  const t = useMessages(goodbyeMessages)
  const state = readGoodbye(connection)
  if (state === 'said') return null
  return t(state === 'unconfirmed' ? 'unconfirmed' : 'ended')
}
