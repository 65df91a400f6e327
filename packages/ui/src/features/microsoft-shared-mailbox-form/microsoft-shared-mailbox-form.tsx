import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { Suspense } from 'react'
import { useSharedMailboxForm } from './microsoft-shared-mailbox-form.controller.ts'
import { MicrosoftSharedMailboxFormView } from './microsoft-shared-mailbox-form.view.tsx'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import { VendorScope } from '../../locales/vendor.tsx'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// For connections that are there.
const TestMessage = lazyPart(async () => (await import('./test-message.tsx')).TestMessage)

/** Connects a Microsoft 365 shared mailbox through the tenant's own Entra app, and looks after the connection from then on. */
export function MicrosoftSharedMailboxForm(props: MicrosoftSharedMailboxFormProps) {
  return (
    <VendorScope vendor="microsoft">
      <Form {...props} />
    </VendorScope>
  )
}

function Form(props: MicrosoftSharedMailboxFormProps) {
  const { model, transports } = useSharedMailboxForm(props)
  const { control, register, formState } = model.form
  const { connection } = model.server
  return (
    <MicrosoftSharedMailboxFormView
      {...props}
      model={model}
      control={control}
      register={register}
      errors={formState.errors}
      offered={transports}
      testMessage={
        connection &&
        canSend(connection) && (
          <Suspense fallback={null}>
            <TestMessage connectionId={connection.id} messages={props.messages} />
          </Suspense>
        )
      }
    />
  )
}

// Without a sign-in that works there is nothing to try.
function canSend({ health: { status } }: ConnectionSummary): boolean {
  return status === 'connected' || status === 'degraded'
}
