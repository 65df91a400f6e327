import type { Meta, StoryObj } from '@storybook/react-vite'
import { errorCodes, TenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { expect } from 'storybook/test'
import { VendorScope } from '../../locales/vendor.tsx'
import type { VendorId } from '../../locales/vendor.tsx'
import { Root } from '../../parts/root/root.tsx'
import { FailureBlock } from './failure-block.tsx'
import { VendorWords } from './vendor-words.tsx'

/** What fills the places of the words. */
const values = {
  missing: 'client_id',
  actual: 'acme-mail',
  expected: 'acme-support',
  name: 'Support',
  scopes: 'https://www.googleapis.com/auth/gmail.modify',
  api: 'Gmail API',
  label: 'Sales',
  date: '2026-12-24',
  seconds: '320',
  directory: 'acme.com',
  relay: 'LeadMail',
  choice: 'send',
  account: 'dana@acme.com',
  mailbox: 'sales@acme.com',
  since: '2026-11-20',
  topic: 'projects/acme-support/topics/tenantry-gmail',
  subscription: 'projects/acme-support/subscriptions/tenantry-gmail',
  count: '3',
  limit: '35 MB',
}

function EveryFailure({ vendor, codes }: { readonly vendor: VendorId; readonly codes: readonly ErrorCode[] }) {
  return (
    <Root part="story">
      <VendorScope vendor={vendor}>
        <VendorWords>
          {codes.map((code) => (
            <section key={code} style={{ marginBlockEnd: 24 }}>
              <h2 style={{ fontSize: 12, margin: '0 0 4px' }}>
                <code>{code}</code>
              </h2>
              <FailureBlock error={new TenantryError(code, { values })} onRetry={() => undefined} />
            </section>
          ))}
        </VendorWords>
      </VendorScope>
    </Root>
  )
}

const meta = {
  title: 'Elements/FailureBlock',
  component: EveryFailure,
  args: { vendor: 'google', codes: errorCodes },
  play: async ({ canvas, args, globals }) => {
    // German is fetched when it is needed.
    await canvas.findByText(globals['locale'] === 'de' ? 'Sie sind abgemeldet' : 'You are signed out')
    const blocks = canvas.getAllByRole('alert')
    await expect(blocks).toHaveLength(args.codes.length)
    for (const block of blocks) await expect(block).not.toHaveTextContent(/\{\w+\}|…/)
  },
} satisfies Meta<typeof EveryFailure>

export default meta

type Story = StoryObj<typeof meta>

/** All that can be told, in the words of the sdk, to be read aloud. */
export const EveryCode: Story = {}

export const OfMicrosoft: Story = { args: { vendor: 'microsoft' } }

export const German: Story = { globals: { locale: 'de' } }

export const OfMicrosoftInGerman: Story = { args: { vendor: 'microsoft' }, globals: { locale: 'de' } }
