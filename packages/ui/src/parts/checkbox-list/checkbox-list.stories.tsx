import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, fn } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { CheckboxList } from './checkbox-list.tsx'
import type { CheckboxListProps } from './checkbox-list.tsx'

const few = [
  { value: 'inbox', label: 'Inbox' },
  { value: 'clients', label: 'Clients' },
  { value: 'acme', label: 'Clients/Acme', parent: 'Clients/', depth: 1 },
  { value: 'gone', label: 'Help', note: 'No longer in the mailbox' },
]
const many = [...few, ...Array.from({ length: 40 }, (_, index) => ({ value: `order-${index}`, label: `Order ${index + 1}` }))]

const meta = {
  title: 'Parts/CheckboxList',
  component: CheckboxList,
  args: { legend: 'Labels', options: few, values: ['inbox'], onChange: fn() },
  render: (args) => <Held {...args} />,
  decorators: [
    (Story) => (
      <Root part="story">
        <Story />
      </Root>
    ),
  ],
} satisfies Meta<typeof CheckboxList>

export default meta

type Story = StoryObj<typeof meta>

function Held(props: CheckboxListProps) {
  const [values, setValues] = useState(props.values)
  const change = (next: string[]) => {
    setValues(next)
    props.onChange(next)
  }
  return <CheckboxList {...props} values={values} onChange={change} />
}

/** With the keyboard: Tab to a box, Space to choose. */
export const Few: Story = {
  play: async ({ canvas, userEvent, args }) => {
    canvas.getByRole('checkbox', { name: 'Inbox' }).focus()
    await userEvent.tab()
    await userEvent.keyboard(' ')
    await expect(args.onChange).toHaveBeenCalledWith(['inbox', 'clients'])
    await expect(canvas.getByText('2 chosen')).toBeVisible()
    await expect(canvas.queryByRole('searchbox')).toBeNull()
  },
}

export const Many: Story = {
  args: { options: many },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Search' }), 'order 2')
    await expect(canvas.getAllByRole('checkbox')).toHaveLength(11)
    await expect(canvas.getByText('11 found')).toBeInTheDocument()
  },
}

export const Empty: Story = {
  args: { options: [], values: [], empty: 'No labels found' },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('No labels found')).toBeVisible()
  },
}

export const Invalid: Story = {
  args: { values: [], error: 'Choose at least one label.' },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('group', { name: /^Labels/ })).toHaveAccessibleDescription('Choose at least one label.')
  },
}
