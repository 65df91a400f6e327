import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, screen, waitFor } from 'storybook/test'
import { Button } from '../button/button.tsx'
import { Root } from '../root/root.tsx'
import { Text } from '../text/text.tsx'
import { Dialog } from './dialog.tsx'

const meta = {
  title: 'Parts/Dialog',
  component: Dialog,
  args: {
    open: false,
    onOpenChange: () => undefined,
    title: (
      <>
        Disconnect <bdi>support@acme.test</bdi>?
      </>
    ),
    description: 'Helpdesk stops reading and deletes its sign-in. Imported items stay.',
  },
  render: function Render(args) {
    const [open, setOpen] = useState(args.open)
    const footer = (
      <>
        <Button onClick={() => setOpen(false)}>Keep connected</Button>
        <Button variant="danger">Disconnect</Button>
      </>
    )
    return (
      <Root part="story">
        <Button onClick={() => setOpen(true)}>Open</Button>
        <Dialog {...args} open={open} onOpenChange={setOpen} footer={footer} />
      </Root>
    )
  },
} satisfies Meta<typeof Dialog>

export default meta

type Story = StoryObj<typeof meta>

export const Open: Story = { args: { open: true } }

/** Longer than the window: the dialog scrolls, its buttons stay in reach. */
export const Long: Story = {
  args: { open: true, children: Array.from({ length: 40 }, (_, line) => <Text key={line}>Line {line + 1}</Text>) },
}

/** Focus goes in, and back to what opened it. */
export const ClosesWithEscape: Story = {
  play: async ({ canvas, userEvent }) => {
    const opener = canvas.getByRole('button', { name: 'Open' })
    await userEvent.click(opener)
    await expect(await screen.findByRole('dialog')).toContainElement(document.activeElement as HTMLElement)
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(opener).toHaveFocus()
  },
}

export const NotDismissible: Story = {
  args: { open: true, dismissible: false },
  play: async ({ userEvent }) => {
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.getByRole('dialog')).toBeVisible())
  },
}

export const Narrow: Story = { args: { open: true }, globals: { viewport: { value: 'narrow', isRotated: false } } }
