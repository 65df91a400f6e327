import { Suspense } from 'react'
import type { DisconnectInput } from '@tenantry/sdk/wire'
import { addressOf } from '../provider-kind/address-of.ts'
import type { ConnectionEntryOptions } from './connection-model.ts'
import type { ConnectionEntryState } from './use-connection-entry.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// The dialogs' weight is for those who end something.
const loadDialogs = () => import('./ending-dialog.tsx')
const DisconnectDialog = lazyPart(async () => (await loadDialogs()).DisconnectDialog)
const RemoveDialog = lazyPart(async () => (await loadDialogs()).RemoveDialog)

/** The dialog that is open, if one is. It stays open, with the reason, when it did not work. */
export function EndingDialogGate({
  connection,
  model,
  entry,
}: Pick<ConnectionEntryOptions, 'connection' | 'model'> & { entry: ConnectionEntryState }) {
  const { asking, stopAsking } = entry
  if (asking === null) return null
  const confirm = async (input?: DisconnectInput) => {
    if (await model.run(asking, input)) stopAsking()
  }
  const props = {
    busy: model.running === asking,
    error: model.outcome?.command === asking ? model.outcome.error : null,
    onConfirm: (input?: DisconnectInput) => void confirm(input),
    onClose() {
      // Trying again outside of the dialog would not ask again.
      model.dismiss()
      stopAsking()
    },
  }
  return (
    <Suspense fallback={null}>
      {asking === 'disconnect' ? (
        <DisconnectDialog connection={connection} {...props} />
      ) : (
        <RemoveDialog name={addressOf(connection) ?? connection.name} {...props} onConfirm={() => void confirm()} />
      )}
    </Suspense>
  )
}
