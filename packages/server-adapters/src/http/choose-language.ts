export type PageLanguage = 'en' | 'de'

/** The page's language by `Accept-Language`; English when nothing fits. RFC 9110 section 12.5.4. */
export function chooseLanguage(header: string | null): PageLanguage {
  let best: { language: PageLanguage; weight: number } = { language: 'en', weight: 0 }
  for (const item of (header ?? '').split(',')) {
    const [range = '', ...parameters] = item.toLowerCase().split(';')
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined)
    const weight = quality === undefined ? 1 : Number(quality)
    const primary = range.trim().split('-')[0]
    if ((primary === 'de' || primary === 'en') && weight > best.weight) best = { language: primary, weight }
  }
  return best.language
}
