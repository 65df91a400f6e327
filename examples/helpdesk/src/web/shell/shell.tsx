import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Session } from '../../server/create-api.ts'
import type { Person } from '../../server/people.ts'
import { useWords } from '../preferences.tsx'
import { useLocation } from '../use-location.ts'
import { Header } from './header.tsx'
import { SandboxBar } from './sandbox-bar.tsx'

interface ShellProps {
  session: Session
  person: Person
  onSwitchPerson: (personId: string) => void
  children: ReactNode
}

/** What stands around every page. */
export function Shell({ session, person, onSwitchPerson, children }: ShellProps) {
  const t = useWords()
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const shown = useRef(pathname)
  useEffect(() => {
    // A new page is read from its beginning, as after a page load.
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true })
    shown.current = pathname
  }, [pathname])
  return (
    <>
      <a className="skip" href="#content">
        {t.skip}
      </a>
      {session.sandbox && <SandboxBar sandbox={session.sandbox} hasMicrosoft={session.may.readMicrosoft} />}
      <Header session={session} person={person} onSwitchPerson={onSwitchPerson} />
      <main id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
