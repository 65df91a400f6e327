/** A letter or a calendar sheet. */
export function ProviderIcon({ provider }: { provider: string }) {
  return (
    <svg className="provider-icon" viewBox="0 0 16 16" aria-hidden="true">
      {provider === 'gmail' ? (
        <>
          <rect x="2" y="3.5" width="12" height="9" rx="1.5" />
          <path d="m2.5 5 5.5 4 5.5-4" />
        </>
      ) : (
        <>
          <rect x="2.5" y="3" width="11" height="10.5" rx="1.5" />
          <path d="M2.5 6.5h11M5.5 1.75v2.5M10.5 1.75v2.5" />
        </>
      )}
    </svg>
  )
}
