import { describe, expect, it } from 'vitest'
import type { ErrorCode, FailureTexts } from '../index.ts'
import { failures } from '../index.ts'
import { signInFailuresDe } from './index.ts'

const placesOf = ({ title, detail, remedy }: FailureTexts, part: keyof FailureTexts) =>
  [...{ title, detail, remedy }[part].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()

const words = Object.entries<FailureTexts>(signInFailuresDe) as [ErrorCode, FailureTexts][]

describe.each(words)('the German words of %s', (code, german) => {
  it.each(['title', 'detail', 'remedy'] as const)('have a %s of their own with the places of the English one', (part) => {
    expect(placesOf(german, part)).toEqual(placesOf(failures[code], part))
    expect(german[part]).not.toBe(failures[code][part])
  })

  it('say what happened and what to do, in sentences', () => {
    expect(german.title).toMatch(/^[A-ZÄÖÜ{].*[^.!]$/)
    for (const sentence of [german.detail, german.remedy]) expect(sentence).toMatch(/^[A-ZÄÖÜ{].*\.$/)
  })
})
