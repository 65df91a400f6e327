import type { Preview } from '@storybook/react-vite'
import { configure, expect } from 'storybook/test'
import '@tenantry/ui/styles.css'
import './preview.css'
import { findStrayTokens } from './direction-check.ts'
import { mirroredLocale, pseudoLocale } from './pseudo-language.ts'
import { answerSignIn } from './sign-in-window.ts'
import { loadScenario, withScenario, worldOf } from './with-scenario.tsx'

// A real sdk signs, hashes and waits its turn on a busy machine.
configure({ asyncUtilTimeout: 5_000 })

const preview: Preview = {
  loaders: [loadScenario],
  // Whoever presses Connect in a story gets through; play functions do otherwise.
  beforeEach: (context) => answerSignIn(worldOf(context), 'agree'),
  afterEach: async ({ canvasElement }) => {
    await expect(findStrayTokens(canvasElement.ownerDocument.body)).toEqual([])
  },
  decorators: [withScenario],
  initialGlobals: { theme: 'light', direction: 'ltr', locale: 'en' },
  globalTypes: {
    theme: {
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    direction: {
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
    locale: {
      toolbar: {
        title: 'Language',
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: pseudoLocale, title: 'Pseudo' },
          { value: mirroredLocale, title: 'Pseudo, from right to left' },
        ],
      },
    },
  },
  parameters: {
    layout: 'padded',
    a11y: { test: 'error' },
    viewport: { options: { narrow: { name: 'Narrow, 320 px', styles: { width: '320px', height: '800px' }, type: 'mobile' } } },
    options: { storySort: { order: ['Introduction', 'Panels', 'Forms', 'Elements', 'Parts'] } },
  },
}

export default preview
