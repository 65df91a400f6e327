import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { LanguageContext } from '../../locales/messages-context.ts'
import { NameList } from './name-list.tsx'

it('lists names as the language does, each in its own direction', () => {
  const { container } = render(
    <LanguageContext.Provider value={{ locale: 'de', dir: 'ltr', appName: 'Helpdesk', texts: {} }}>
      <NameList names={['INBOX', 'דנה', 'a/b']} />
    </LanguageContext.Provider>,
  )
  expect(container.innerHTML).toBe('<bdi>INBOX</bdi>, <bdi>דנה</bdi> und <bdi>a/b</bdi>')
})
