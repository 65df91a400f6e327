import type { Session } from '../../server/create-api.ts'
import type { Person } from '../../server/people.ts'
import { Link } from '../link.tsx'
import { usePreferences, useWords } from '../preferences.tsx'
import type { Language, Theme } from '../preferences.tsx'
import { useLocation } from '../use-location.ts'

interface HeaderProps {
  session: Session
  person: Person
  onSwitchPerson: (personId: string) => void
}

/** Product name, the pages, and who looks at them how. */
export function Header({ session, person, onSwitchPerson }: HeaderProps) {
  const t = useWords()
  return (
    <header className="header">
      <Link href="/" className="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="9" />
          <path d="M9 17a7 7 0 0 1 14 0v4.5a2 2 0 0 1-2 2h-1.5V17H23M9 17v4.5a2 2 0 0 0 2 2h1.5V17H9" />
        </svg>
        Helpdesk
      </Link>
      <nav aria-label={t.mainNavigation}>
        <NavLink href="/tickets">{t.tickets}</NavLink>
        <NavLink href="/on-call">{t.onCall}</NavLink>
        <NavLink href="/settings/integrations">{t.integrations}</NavLink>
        {session.may.readHealth && <NavLink href="/health">{t.health}</NavLink>}
      </nav>
      <div className="choices">
        <PersonChoice people={session.people} person={person} onSwitchPerson={onSwitchPerson} />
        <LanguageChoice />
        <ThemeChoice />
      </div>
    </header>
  )
}

function NavLink({ href, children }: { href: string; children: string }) {
  const { pathname } = useLocation()
  const isHere = pathname === href || pathname.startsWith(`${href}/`)
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}

interface PersonChoiceProps extends Omit<HeaderProps, 'session'> {
  people: readonly Person[]
}

function PersonChoice({ people, person, onSwitchPerson }: PersonChoiceProps) {
  const t = useWords()
  const tenants = [...new Map(people.map(({ tenant }) => [tenant.id, tenant])).values()]
  return (
    <label className="choice">
      <span>{t.viewingAs}</span>
      <select value={person.id} onChange={(event) => onSwitchPerson(event.target.value)}>
        {tenants.map((tenant) => (
          <optgroup key={tenant.id} label={tenant.name}>
            {people
              .filter((candidate) => candidate.tenant.id === tenant.id)
              .map(({ id, name, role }) => (
                <option key={id} value={id}>
                  {name}, {tenant.name} ({t.roles[role]})
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}

function LanguageChoice() {
  const t = useWords()
  const { language, setLanguage } = usePreferences()
  return (
    <label className="choice">
      <span className="hidden">{t.language}</span>
      <select value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
        <option value="en">English</option>
        <option value="de">Deutsch</option>
      </select>
    </label>
  )
}

function ThemeChoice() {
  const t = useWords()
  const { theme, setTheme } = usePreferences()
  return (
    <label className="choice">
      <span className="hidden">{t.theme}</span>
      <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
        <option value="auto">{t.themes.auto}</option>
        <option value="light">{t.themes.light}</option>
        <option value="dark">{t.themes.dark}</option>
      </select>
    </label>
  )
}
