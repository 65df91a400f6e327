import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { Text } from '../text/text.tsx'
import type { StepState } from './step.ts'
import { StepList } from './step-list.tsx'

const states: readonly StepState[] = ['done', 'verified', 'active', 'attention', 'error', 'todo', 'locked']

const meta = {
  title: 'Parts/StepList',
  component: StepList<StepState>,
  args: {
    label: 'Steps',
    open: 'active',
    onOpenChange: () => undefined,
    steps: states.map((state) => ({
      id: state,
      state,
      title: `A step that is ${state}`,
      summary: state === 'done' ? <bdi dir="ltr">acme-mail-473210</bdi> : undefined,
      content: <Text>What there is to do.</Text>,
    })),
  },
  render: function Render(args) {
    const [open, onOpenChange] = useState(args.open)
    return (
      <Root part="story">
        <StepList {...args} open={open} onOpenChange={onOpenChange} />
      </Root>
    )
  },
} satisfies Meta<typeof StepList<StepState>>

export default meta

type Story = StoryObj<typeof meta>

export const EveryState: Story = {}

export const OpensInPlace: Story = {
  play: async ({ canvas, userEvent }) => {
    const error = canvas.getByRole('button', { name: /A step that is error/ })
    await userEvent.click(error)
    await expect(error).toHaveAttribute('aria-expanded', 'true')
  },
}

export const ByKeyboard: Story = {
  play: async ({ canvas, userEvent }) => {
    canvas.getByRole('button', { name: /A step that is done/ }).focus()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await expect(canvas.getByRole('button', { name: /A step that is verified/ })).toHaveAttribute('aria-expanded', 'true')
  },
}

export const Narrow: Story = { globals: { viewport: { value: 'narrow', isRotated: false } } }
