import type { GoogleGoodbye } from '@tenantry/sdk/wire'
import { useState } from 'react'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { useResetTexts, useSetupShell } from './setup-shell.ts'

/** How far Google was told of what has ended, by a reset whose dialog was closed or by a save; silent where that was over before. */
export function GoodbyeLine({ goodbye }: { goodbye: GoogleGoodbye }) {
  const { openGoodbye } = useSetupShell()
  const t = useResetTexts()
  const { total, done, pending, givenUp } = goodbye
  const isTelling = pending.length > 0
  const [wasTelling, setWasTelling] = useState(isTelling)
  if (isTelling && !wasTelling) setWasTelling(true)
  if (!isTelling && givenUp.length === 0 && !wasTelling) return null
  const line = isTelling
    ? t('resetLine', { done, total })
    : givenUp.length > 0
      ? t('resetLineLeft', { done, total })
      : t('resetLineDone', { count: total })
  return (
    <div className="tn-setup-goodbye">
      <Callout
        tone={isTelling ? 'info' : givenUp.length > 0 ? 'warning' : 'success'}
        actions={
          (isTelling || givenUp.length > 0) && (
            <Button size="sm" onClick={openGoodbye}>
              {t('resetDetails')}
            </Button>
          )
        }
      >
        <LiveRegion hidden={false}>{line}</LiveRegion>
      </Callout>
    </div>
  )
}
