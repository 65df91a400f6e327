import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'
import { storyProjects } from './.storybook/test-projects.ts'
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
          include: [
            'packages/{sdk,server-adapters,sandbox}/src/**/*.test.ts',
            'test/{rules,journeys,consumers,faults,simulation}/**/*.test.ts',
          ],
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
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          // One story from the first click to the restart: each step stands on the one before.
          sequence: { concurrent: false },
          bail: 1,
        },
      },
      ...storyProjects(),
    ],
  },
})
