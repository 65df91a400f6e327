import { existsSync } from 'node:fs'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { TestProjectConfiguration } from 'vitest/config'
import { sourceAliases } from '../source-aliases.ts'

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

// Nothing here needs the network, and none of it may be asked for in the background.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// Found before the first story runs: a dependency that is found later reloads the page under a running test.
const dependencies = [
  '@hookform/resolvers/standard-schema',
  '@radix-ui/react-dialog',
  '@tanstack/react-query',
  'hono',
  'hono/html',
  'hono/http-exception',
  'jose',
  'luxon',
  'msw',
  'msw-storybook-addon/csf3',
  'msw/browser',
  'postal-mime',
  'react-hook-form',
  'zod/mini',
]

/**
 * Every story as a test in real Chromium, with axe: once in light, once in dark from right to left, save those that show what others show and
 * differ in what is done. Without Chromium there are none, which is
 * said; with TENANTRY_REQUIRE_REAL=1 it is an error.
 */
export function storyProjects(): TestProjectConfiguration[] {
  if (!existsSync(executablePath)) {
    const reason = `stories are not tested: no Chromium at ${executablePath} (set CHROMIUM_PATH)`
    if (process.env['TENANTRY_REQUIRE_REAL'] === '1') throw new Error(reason)
    console.warn(reason)
    return []
  }
  return [
    createProject('storybook', {}, []),
    createProject('storybook-dark-rtl', { theme: 'dark', direction: 'rtl' }, ['**/*-{sign-in,saving,start,reset}.stories.tsx']),
  ]
}

function createProject(name: string, initialGlobals: Record<string, string>, exclude: string[]): TestProjectConfiguration {
  return {
    resolve: { alias: sourceAliases() },
    optimizeDeps: { include: dependencies },
    plugins: [react(), storybookTest({ configDir: import.meta.dirname, initialGlobals })],
    test: {
      name,
      exclude: ['**/node_modules/**', ...exclude],
      testTimeout: 30_000,
      // One page for all files, as in Storybook itself: each story makes its own world, and loading everything anew for each file takes longer than its stories.
      isolate: false,
      browser: {
        enabled: true,
        headless: true,
        // What fades in is not visible in its first moment, which is when a test looks.
        provider: playwright({ launchOptions: { executablePath, args: quiet }, contextOptions: { reducedMotion: 'reduce' } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  }
}
