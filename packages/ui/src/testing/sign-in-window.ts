import { act } from '@testing-library/react'
import { vi } from 'vitest'
import { isAdminConsent } from '../../../../.storybook/is-admin-consent.ts'
import type { StoryWorld } from '../../../../.storybook/create-story-world.ts'

interface OpenedWindow {
  closed: boolean
  location: string
}

/** Stands for the windows that the page opens; `vi.unstubAllGlobals` takes it away. */
export function stubWindows(): readonly OpenedWindow[] {
  const opened: OpenedWindow[] = []
  vi.stubGlobal('open', () => {
    const shown = { closed: false, location: '', document: { title: '', body: {} }, focus: () => undefined, close: () => undefined }
    opened.push(shown)
    return shown
  })
  return opened
}

/** What the person does in Microsoft's window, up to our callback; then the page has the focus again. */
export async function finishAtMicrosoft(world: StoryWorld, { location }: OpenedWindow, answer: 'accept' | 'decline' = 'accept') {
  const { microsoft } = world.sandbox
  const given = { authorizationUrl: location, address: 'dana@acme.test' }
  const accept = () =>
    isAdminConsent(location) ? microsoft.grantAdminConsent({ adminConsentUrl: location }) : microsoft.grantConsent(given)
  const { redirectTo } = answer === 'decline' ? microsoft.denyConsent(given) : accept()
  await act(async () => {
    await world.answer(new Request(redirectTo))
    window.dispatchEvent(new Event('focus'))
  })
}
