import { useMessages } from '../../locales/use-messages.ts'
import { Chip } from '../../parts/chip/chip.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import type { Tone } from '../../parts/callout/callout.tsx'
import { scopeListMessages } from './scope-list.messages.ts'

export interface ScopeListProps {
  /** Scope values as Google writes them. */
  scopes: readonly string[]
}

type Sensitivity = 'restricted' | 'sensitive' | 'open'
type Meaning = 'gmailRead' | 'gmailSend' | 'calendar' | 'pubsub' | 'identity' | 'other'

const tones: Readonly<Record<Sensitivity, Tone>> = { restricted: 'warning', sensitive: 'info', open: 'neutral' }

// Google's own classes: developers.google.com/identity/protocols/oauth2/scopes and the restricted list of the API verification page.
const known: readonly [RegExp, Meaning, Sensitivity][] = [
  [/\/auth\/gmail\.(readonly|modify|metadata|compose)$|^https:\/\/mail\.google\.com\//, 'gmailRead', 'restricted'],
  [/\/auth\/gmail\.send$/, 'gmailSend', 'sensitive'],
  [/\/auth\/calendar/, 'calendar', 'sensitive'],
  [/\/auth\/pubsub$/, 'pubsub', 'sensitive'],
  [/^openid$|^email$|^profile$|\/auth\/userinfo\./, 'identity', 'open'],
]

/** The scopes to paste into Google, one per line, with what each means and how Google classes it. */
export function ScopeList({ scopes }: ScopeListProps) {
  const t = useMessages(scopeListMessages)
  const rows = scopes.map((scope) => {
    const [, meaning, sensitivity] = known.find(([pattern]) => pattern.test(scope)) ?? [null, 'other' as const, 'sensitive' as const]
    return { value: scope, what: scope, note: <ScopeNote meaning={t(meaning)} tone={tones[sensitivity]} sensitivity={t(sensitivity)} /> }
  })
  return <CopyBox rows={rows} showLabels={false} copyAll={t('all')} />
}

function ScopeNote({ meaning, tone, sensitivity }: { meaning: string; tone: Tone; sensitivity: string }) {
  return (
    <span className="tn-scope-note">
      {meaning}
      <Chip tone={tone}>{sensitivity}</Chip>
    </span>
  )
}
