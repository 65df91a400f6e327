import type { Meta, StoryObj } from '@storybook/react-vite'
import { Suspense } from 'react'
import { expect } from 'storybook/test'
import { Root } from '../root/root.tsx'
import { lazyPart } from './lazy-part.ts'

// As after a new deployment, in a page that was open before.
const Gone = lazyPart(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))

const meta = {
  title: 'Parts/LazyPart',
  component: Gone,
  decorators: [
    (Story) => (
      <Root part="story">
        <Suspense>
          <Story />
        </Suspense>
      </Root>
    ),
  ],
} satisfies Meta<typeof Gone>

export default meta

type Story = StoryObj<typeof meta>

const says =
  (words: string, button: string): NonNullable<Story['play']> =>
  async ({ canvas }) => {
    await expect(await canvas.findByText(words)).toBeVisible()
    await expect(canvas.getByRole('alert')).toContainElement(canvas.getByRole('button', { name: button }))
  }

export const NotLoaded: Story = { play: says('This part of the page could not be loaded.', 'Reload the page') }

export const German: Story = { globals: { locale: 'de' }, play: says('Dieser Teil der Seite ließ sich nicht laden.', 'Seite neu laden') }
