import { createEvent, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { FileDrop } from '../index.ts'
import type { FileRead } from '../index.ts'
import { saying } from '../../testing/saying.ts'

const readJson = (text: string): FileRead<unknown> => {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, message: 'This file is not valid JSON.' }
  }
}

const file = (text: string, name = 'client_secret_EXAMPLE.json') => new File([text], name, { type: 'application/json' })

function renderDrop(maxBytes?: number) {
  const onRead = vi.fn<(value: unknown) => void>()
  const onClear = vi.fn<() => void>()
  render(
    <FileDrop
      label="Client file"
      hint="Drop the client JSON here"
      read={readJson}
      onRead={onRead}
      onClear={onClear}
      summary="2 of 2 redirect URIs"
      {...(maxBytes && { maxBytes })}
    />,
  )
  return { onRead, onClear, user: userEvent.setup(), input: screen.getByLabelText<HTMLInputElement>('Client file') }
}

function dropFiles(files: File[]): void {
  const area = document.querySelector('[data-tn-part="drop-area"]') as HTMLElement
  const event = createEvent.drop(area)
  Object.defineProperty(event, 'dataTransfer', { value: { files } })
  fireEvent(area, event)
}

describe('FileDrop', () => {
  it('reads a chosen file in the page and shows its summary', async () => {
    const { user, input, onRead } = renderDrop()
    await user.upload(input, file('{"web":{}}'))
    expect(await screen.findByText(saying('Read client_secret_EXAMPLE.json'))).toBeVisible()
    expect(onRead).toHaveBeenCalledWith({ web: {} })
    expect(screen.getByText('2 of 2 redirect URIs')).toBeVisible()
  })

  it('reads a dropped file, and says when it replaced another', async () => {
    const { onRead } = renderDrop()
    dropFiles([file('1', 'first.json')])
    await screen.findByText(saying('Read first.json'))
    dropFiles([file('2', 'second.json')])
    expect(await screen.findByText(saying('Replaced with second.json'))).toBeVisible()
    expect(onRead).toHaveBeenLastCalledWith(2)
  })

  it('says what is wrong with a file, on the input, and reads nothing', async () => {
    const { user, input, onRead } = renderDrop()
    await user.upload(input, file('not json'))
    expect(await screen.findByText('This file is not valid JSON.')).toBeVisible()
    expect(input).toHaveAttribute('aria-invalid', 'true')
    expect(input).toHaveAccessibleDescription('This file is not valid JSON.')
    expect(onRead).not.toHaveBeenCalled()
  })

  it('refuses more than one file and files over the limit', async () => {
    const { onRead } = renderDrop(1024)
    dropFiles([file('1'), file('2')])
    expect(await screen.findByText('Drop one file.')).toBeVisible()
    dropFiles([file(`"${'x'.repeat(2000)}"`)])
    expect(await screen.findByText(/larger than 1 KB/)).toBeVisible()
    expect(onRead).not.toHaveBeenCalled()
  })

  it('says so when the browser cannot read the file', async () => {
    renderDrop()
    const broken = Object.assign(file('1'), { text: () => Promise.reject(new Error('NotReadableError')) })
    dropFiles([broken])
    expect(await screen.findByText(/could not read this file/)).toBeVisible()
  })

  it('takes pasted text and leaves none of it in the document', async () => {
    const { user, onRead } = renderDrop()
    await user.click(screen.getByRole('button', { name: 'Paste JSON' }))
    await user.paste('{"key":"EXAMPLE_private"}')
    await user.click(screen.getByRole('button', { name: 'Read the text' }))
    expect(onRead).toHaveBeenCalledWith({ key: 'EXAMPLE_private' })
    expect(document.body.innerHTML).not.toContain('EXAMPLE_private')
  })

  it('marks the area while a file is over it', () => {
    renderDrop()
    fireEvent.dragOver(document.querySelector('[data-tn-part="drop-area"]') as HTMLElement)
    expect(screen.getByText('Drop the file to read it')).toBeVisible()
  })

  it('clears', async () => {
    const { user, input, onClear } = renderDrop()
    await user.upload(input, file('1'))
    await user.click(await screen.findByRole('button', { name: 'Clear' }))
    expect(onClear).toHaveBeenCalledOnce()
    expect(screen.getByText('Drop the client JSON here')).toBeVisible()
  })
})
