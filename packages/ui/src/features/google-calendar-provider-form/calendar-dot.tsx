/** A calendar's colour as its account shows it. Drawn, because a page may forbid styles in attributes. */
export function CalendarDot({ color }: { color: string | null }) {
  return (
    <svg className="tn-calendar-dot" viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="4.5" fill={color ?? 'none'} />
    </svg>
  )
}
