import type { Check } from '@tenantry/sdk/wire'

export interface ComparedValue {
  readonly side: 'expected' | 'actual'
  readonly value: string
}

/** What should be and what is, as far as they differ: of values in several lines only the lines that do. Nothing where nothing was expected. */
export function compareValues({ status, expected, actual }: Check): ComparedValue[] {
  if (status === 'pass' || expected === null || expected === actual) return []
  if (actual === null) return [{ side: 'expected', value: expected }]
  const [wanted, found] = [expected.split('\n'), actual.split('\n')]
  const isPaired = wanted.length === found.length
  const differing = (lines: readonly string[], others: readonly string[]) =>
    isPaired ? lines.filter((line, index) => line !== others[index]).join('\n') : lines.join('\n')
  return [
    { side: 'expected', value: differing(wanted, found) },
    { side: 'actual', value: differing(found, wanted) },
  ]
}
