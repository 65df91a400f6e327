import { spyOn } from 'storybook/test'
import { isAdminConsent } from './is-admin-consent.ts'
import type { StoryWorld } from './create-story-world.ts'

/** What happens in the provider's window: signed in with the account that was asked for or with another, cancelled, closed without an answer, or nothing yet. */
export type Visit = 'agree' | 'cancel' | 'close' | 'stay' | { readonly address: string; readonly scopes?: string[] }

/** A browser that does not open windows. */
export function blockWindows(): void {
  spyOn(window, 'open').mockReturnValue(null)
}

/** Stands for the provider's window: the same start, the same callback, but nobody has to click in it. */
export function answerSignIn(world: StoryWorld, visit: Visit): void {
  spyOn(window, 'open').mockImplementation(() => openWindow(world, visit))
}

function openWindow(world: StoryWorld, visit: Visit): Window {
  const page = document.implementation.createHTMLDocument()
  const state = { closed: false }
  const close = () => {
    state.closed = true
  }
  const opened = {
    get closed() {
      return state.closed
    },
    document: page,
    focus: () => undefined,
    close,
    set location(authorizationUrl: string) {
      void answer(world, authorizationUrl, visit).then((isOver) => isOver && close())
    },
  }
  return opened as unknown as Window
}

/** @returns whether the person is done with the window */
async function answer(world: StoryWorld, authorizationUrl: string, visit: Visit): Promise<boolean> {
  if (visit === 'stay') return false
  if (visit === 'close') return true
  const isMicrosofts = authorizationUrl.includes('/login.microsoftonline.com/')
  return isMicrosofts ? answerMicrosoft(world, authorizationUrl, visit) : answerGoogle(world, authorizationUrl, visit)
}

async function answerGoogle(world: StoryWorld, authorizationUrl: string, visit: Exclude<Visit, 'stay' | 'close'>): Promise<boolean> {
  const { google } = world.sandbox
  const hinted = { address: new URL(authorizationUrl).searchParams.get('login_hint') ?? 'dana@acme.test' }
  const { redirectTo } =
    visit === 'cancel'
      ? google.denyConsent({ authorizationUrl, ...hinted })
      : google.grantConsent({ authorizationUrl, ...(visit === 'agree' ? hinted : visit) })
  return comeBack(redirectTo)
}

/** @returns whether the person is done with the window: Microsoft shows some errors and sends nobody back */
async function answerMicrosoft(world: StoryWorld, authorizationUrl: string, visit: Exclude<Visit, 'stay' | 'close'>): Promise<boolean> {
  const { microsoft } = world.sandbox
  const answer = { authorizationUrl, address: typeof visit === 'string' ? 'dana@acme.test' : visit.address }
  if (visit !== 'cancel' && isAdminConsent(authorizationUrl))
    return comeBack(microsoft.grantAdminConsent({ adminConsentUrl: authorizationUrl }).redirectTo)
  const { redirectTo } = visit === 'cancel' ? microsoft.denyConsent(answer) : microsoft.grantConsent(answer)
  return comeBack(redirectTo)
}

async function comeBack(redirectTo: string): Promise<true> {
  const { pathname, search } = new URL(redirectTo)
  await fetch(pathname + search)
  return true
}
