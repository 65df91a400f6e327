import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, fn } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { FileDrop } from './file-drop.tsx'
import type { FileDropProps } from './file-drop.tsx'
import { saying } from '../../testing/saying.ts'

const meta = {
  title: 'Parts/FileDrop',
  component: FileDrop<string>,
  args: {
    label: 'Client JSON',
    hint: 'Drop the client JSON here (client_secret_....json)',
    summary: 'Read from file: client ID, secret, 2 of 2 redirect URIs.',
    read: (text) => (text.startsWith('{') ? { ok: true, value: text } : { ok: false, message: 'This file is not valid JSON.' }),
    onRead: fn(),
    onClear: fn(),
  },
  decorators: [
    (Story) => (
      <Root part="story">
        <Story />
      </Root>
    ),
  ],
} satisfies Meta<FileDropProps<string>>

export default meta

type Story = StoryObj<typeof meta>

const file = (text: string, name = 'client_secret_EXAMPLE.json') => new File([text], name, { type: 'application/json' })

export const Idle: Story = {}

export const Dragging: Story = {
  play: async ({ canvas, canvasElement }) => {
    fireEvent.dragOver(canvasElement.querySelector('[data-tn-part="drop-area"]') ?? canvasElement)
    await expect(await canvas.findByText('Drop the file to read it')).toBeVisible()
  },
}

export const Read: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.upload(canvas.getByLabelText('Client JSON'), file('{}'))
    await expect(await canvas.findByText(saying('Read client_secret_EXAMPLE.json'))).toBeVisible()
    await expect(args.onRead).toHaveBeenCalledWith('{}')
  },
}

export const Invalid: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.upload(canvas.getByLabelText('Client JSON'), file('no json'))
    await expect(await canvas.findByText('This file is not valid JSON.')).toBeVisible()
  },
}

export const TooBig: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.upload(canvas.getByLabelText('Client JSON'), file('{'.repeat(70_000)))
    await expect(await canvas.findByText(/larger than 64 KB/)).toBeVisible()
  },
}

export const TwoFiles: Story = {
  play: async ({ canvas, canvasElement }) => {
    const dataTransfer = new DataTransfer()
    for (const name of ['one.json', 'two.json']) dataTransfer.items.add(file('{}', name))
    // The library's own event leaves the files behind.
    canvasElement
      .querySelector('[data-tn-part="drop-area"]')
      ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
    await expect(await canvas.findByText('Drop one file.')).toBeVisible()
  },
}

export const Pasting: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Paste JSON' }))
    await userEvent.click(await canvas.findByLabelText('JSON text'))
    await userEvent.paste('{"web":{}}')
    await userEvent.click(canvas.getByRole('button', { name: 'Read the text' }))
    await expect(await canvas.findByText(saying('Read the pasted text'))).toBeVisible()
  },
}

export const Disabled: Story = { args: { disabled: true } }
