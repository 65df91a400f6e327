import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { Text } from '../text/text.tsx'
import { lazyPartMessages } from './lazy-part.messages.ts'

/** In the place of a part whose code could not be fetched, as after a new deployment. Browsers do not ask again before the page is loaded anew. */
export function NotLoaded() {
  const t = useMessages(lazyPartMessages)
  return (
    <div className="tn-actions" role="alert">
      <Text size="small">{t('notLoaded')}</Text>
      <Button size="sm" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </div>
  )
}
