import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { connectionListMessages } from './connection-list.messages.ts'

export interface ListPagerProps {
  paging: { readonly page: number; readonly pages: number; readonly pageSize: number; readonly total: number }
  onGoTo: (page: number) => void
}

/** Which part of the list this is, and the parts beside it. */
export function ListPager({ paging, onGoTo }: ListPagerProps) {
  const part = usePart()
  const t = useMessages(connectionListMessages)
  const { page, pages, pageSize, total } = paging
  const range = { from: page * pageSize + 1, to: Math.min(total, (page + 1) * pageSize), total }
  return (
    <nav {...part('list-pager')} aria-label={t('pages')}>
      <output>{t('range', range)}</output>
      <Button size="sm" disabled={page === 0} onClick={() => onGoTo(page - 1)}>
        {t('previous')}
      </Button>
      <Button size="sm" disabled={page === pages - 1} onClick={() => onGoTo(page + 1)}>
        {t('next')}
      </Button>
    </nav>
  )
}
