import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'
import { chooseForm } from './format.ts'
import type { Message } from './message.ts'

// Split by these, every second piece is a mark, or the name of a place.
const MARKED = /(\*\*.+?\*\*|`[^`]+`)/
const PLACED = /\{(\w+)\}/

/** Message to React nodes: markers are read before values go in, so a value can never turn into markup. */
export function renderRich(message: Message, values: Readonly<Record<string, ReactNode>>, locale: string): ReactNode {
  const fill = (text: string): ReactNode[] =>
    text.split(PLACED).map((piece, index) => {
      if (index % 2 === 0) return piece
      const value = values[piece] ?? `{${piece}}`
      // A name or an address may run the other way than the sentence; an element brings its own direction.
      return typeof value === 'string' ? createElement('bdi', null, value) : value
    })
  const pieces = chooseForm(message, values, locale).split(MARKED)
  const nodes = pieces.map((piece, index) => {
    if (index % 2 === 0) return createElement(Fragment, null, ...fill(piece))
    if (piece.startsWith('*')) return createElement('strong', { className: 'tn-strong' }, ...fill(piece.slice(2, -2)))
    return createElement('code', { className: 'tn-code', dir: 'ltr' }, ...fill(piece.slice(1, -1)))
  })
  return createElement(Fragment, null, ...nodes)
}
