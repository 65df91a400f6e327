import { lazy, Suspense } from 'react'
import type { ConnectionEntryOptions } from './connection-model.ts'
import type { ConnectionEntryState } from './use-connection-entry.ts'

// The dialog's weight is for those who end something.
const EndingDialog = lazy(async () => ({ default: (await import('./ending-dialog.tsx')).EndingDialog }))

/** The dialog that is open, if one is. It stays open, with the reason, when it did not work. */
export function EndingDialogGate({
  connection,
  model,
  entry,
}: Pick<ConnectionEntryOptions, 'connection' | 'model'> & { entry: ConnectionEntryState }) {
  const { asking, stopAsking } = entry
  if (asking === null) return null
  const confirm = async () => {
    if (await model.run(asking)) stopAsking()
  }
  return (
    <Suspense fallback={null}>
      <EndingDialog
        ending={asking}
        name={connection.address ?? connection.name}
        busy={model.running === asking}
        error={model.outcome?.command === asking ? model.outcome.error : null}
        onConfirm={() => void confirm()}
        onClose={stopAsking}
      />
    </Suspense>
  )
}
