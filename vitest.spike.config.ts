import { defineConfig } from 'vitest/config'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { sourceAliases } from './source-aliases.ts'

const alias = sourceAliases()

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/{sdk,server-adapters,sandbox}/src/**/*.test.ts', 'test/{rules,journeys,consumers}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        plugins: [react()],
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['packages/ui/src/**/*.test.{ts,tsx}'],
          setupFiles: ['packages/ui/src/testing/setup.ts'],
        },
      },
      {
        resolve: { alias },
        optimizeDeps: { include: ['@hookform/resolvers/standard-schema','@radix-ui/react-dialog','@tanstack/react-query','hono','hono/html','hono/http-exception','jose','msw','msw/browser','msw-storybook-addon/csf3','postal-mime','react-hook-form','zod/mini'] },
        plugins: [react(), storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'storybook',
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
