import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'
import { chooseForm } from './format.ts'
import type { Message } from './message.ts'

const MARKED = /(\*\*.+?\*\*|`[^`]+`)/
const PLACED = /(\{\w+\})/

/** Message to React nodes: markers are read before values go in, so a value can never turn into markup. */
export function renderRich(message: Message, values: Readonly<Record<string, ReactNode>>, locale: string): ReactNode {
  const pieces = chooseForm(message, values, locale).split(MARKED)
  return createElement(Fragment, null, ...pieces.map((piece) => renderPiece(piece, values)))
}

function renderPiece(piece: string, values: Readonly<Record<string, ReactNode>>): ReactNode {
  if (!MARKED.test(piece)) return createElement(Fragment, null, ...fill(piece, values))
  if (piece.startsWith('`')) return createElement('code', { className: 'tn-code', dir: 'ltr' }, ...fill(piece.slice(1, -1), values))
  return createElement('strong', { className: 'tn-strong' }, ...fill(piece.slice(2, -2), values))
}

function fill(text: string, values: Readonly<Record<string, ReactNode>>): ReactNode[] {
  return text.split(PLACED).map((piece) => (PLACED.test(piece) ? (values[piece.slice(1, -1)] ?? piece) : piece))
}
