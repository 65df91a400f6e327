import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { sourceAliases } from '../source-aliases.ts'

const config: StorybookConfig = {
  stories: ['./*.stories.tsx', '../packages/ui/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest', 'msw-storybook-addon'],
  framework: '@storybook/react-vite',
  staticDirs: ['./public'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Stories run on sources, like the tests.
  viteFinal: (vite) => mergeConfig(vite, { resolve: { alias: sourceAliases() } }),
}

export default config
