import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { renderRich } from './render-rich.ts'

const html = (node: ReturnType<typeof renderRich>) => render(node).container.innerHTML

it('gives each value that is text a direction of its own, and leaves numbers and elements as they are', () => {
  expect(html(renderRich('Reconnect {name} by {time}', { name: 'support@acme.test', time: <time>noon</time> }, 'ar'))).toBe(
    'Reconnect <bdi>support@acme.test</bdi> by <time>noon</time>',
  )
  expect(html(renderRich('Attempt {attempt}', { attempt: 3 }, 'ar'))).toBe('Attempt 3')
})

it('writes code from left to right', () => {
  expect(html(renderRich('Starts with `GOCSPX-`.', {}, 'ar'))).toBe('Starts with <code class="tn-code" dir="ltr">GOCSPX-</code>.')
})
