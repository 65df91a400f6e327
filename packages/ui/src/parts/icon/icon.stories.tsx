import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Disclosure } from '../disclosure/disclosure.tsx'
import { Root } from '../root/root.tsx'
import { Select } from '../select/select.tsx'
import { iconPaths } from './icon-paths.ts'
import type { IconName } from './icon-paths.ts'
import { Icon } from './icon.tsx'

const names = Object.keys(iconPaths) as IconName[]

const meta = {
  title: 'Parts/Icon',
  component: Root,
  args: { part: 'story', children: names.map((name) => <Icon key={name} name={name} />) },
} satisfies Meta<typeof Root>

export default meta

type Story = StoryObj<typeof meta>

/** What turns on the page: nothing but the chevron means forwards. */
function turned(page: HTMLElement): (string | undefined)[] {
  const icons = [...page.querySelectorAll<HTMLElement>('.tn-icon')]
  return icons.filter((icon) => getComputedStyle(icon).scale !== 'none').map(({ dataset }) => dataset['icon'])
}

export const Every: Story = {
  globals: { direction: 'ltr' },
  play: async ({ canvasElement }) => expect(turned(canvasElement)).toEqual([]),
}

export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => expect(turned(canvasElement)).toEqual(['chevron']),
}

/** A chevron that has opened points down, from wherever it came. */
export const OpenedRightToLeft: Story = {
  args: {
    children: (
      <>
        <Disclosure summary="Details" defaultOpen>
          Open
        </Disclosure>
        <Select aria-label="Direction">
          <option>Both</option>
        </Select>
      </>
    ),
  },
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const icons = [...canvasElement.querySelectorAll('.tn-icon')]
    await expect(icons.map((icon) => getComputedStyle(icon).rotate)).toEqual(['-90deg', '-90deg'])
  },
}
