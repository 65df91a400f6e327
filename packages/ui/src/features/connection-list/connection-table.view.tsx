import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../../parts/environment/use-part.ts'
import { VisuallyHidden } from '../../parts/visually-hidden/visually-hidden.tsx'
import { connectionListMessages } from './connection-list.messages.ts'
import { tableRoles } from './table-roles.ts'

/** The list as a table: less of each, more at once. */
export function ConnectionTable({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  const part = usePart()
  const t = useMessages(connectionListMessages)
  return (
    <table {...part('connection-table')} {...tableRoles.table} aria-labelledby={labelledBy}>
      <thead {...tableRoles.group}>
        <tr {...tableRoles.row}>
          <th scope="col" {...tableRoles.columnHeader}>
            {t('name')}
          </th>
          <th scope="col" {...tableRoles.columnHeader}>
            {t('status')}
          </th>
          <th scope="col" {...tableRoles.columnHeader} className="tn-connection-extra">
            {t('last')}
          </th>
          <th scope="col" {...tableRoles.columnHeader} className="tn-connection-extra">
            {t('delivery')}
          </th>
          <th scope="col" {...tableRoles.columnHeader} className="tn-connection-extra">
            {t('renews')}
          </th>
          <th scope="col" {...tableRoles.columnHeader}>
            <VisuallyHidden>{t('actions')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody {...tableRoles.group}>{children}</tbody>
    </table>
  )
}
