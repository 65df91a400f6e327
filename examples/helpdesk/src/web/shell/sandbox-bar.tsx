import type { Session } from '../../server/create-api.ts'
import { useWords } from '../preferences.tsx'

/** Says that Google and Microsoft are not the real ones, and leads to them. */
export function SandboxBar({ sandbox, hasMicrosoft }: { sandbox: NonNullable<Session['sandbox']>; hasMicrosoft: boolean }) {
  const t = useWords()
  return (
    <aside className="sandbox" aria-label={t.sandbox}>
      <p>
        <strong>{t.sandbox}</strong> {t.sandboxIs}
      </p>
      <Outside href={sandbox.consoleUrl}>{t.openConsole}</Outside>
      {hasMicrosoft && <Outside href={`${sandbox.url}/#microsoft`}>{t.openMicrosoft}</Outside>}
      <Outside href={`${sandbox.url}/#mailboxes`}>{t.sendMail}</Outside>
      <details>
        <summary>{t.startOver}</summary>
        <p>
          {t.startOverHow} <code>examples/helpdesk/.tenantry</code>
        </p>
      </details>
    </aside>
  )
}

function Outside({ href, children }: { href: string; children: string }) {
  const t = useWords()
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M4 2.5h5.5V8M9.25 2.75 2.5 9.5" />
      </svg>
      <span className="hidden"> {t.newTab}</span>
    </a>
  )
}
