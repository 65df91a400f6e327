/** An interval in the unit that people would say it in; at least a minute. */
export function readInterval(milliseconds: number): { readonly unit: 'minute' | 'hour'; readonly count: number } {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000))
  return minutes >= 60 && minutes % 60 === 0 ? { unit: 'hour', count: minutes / 60 } : { unit: 'minute', count: minutes }
}
