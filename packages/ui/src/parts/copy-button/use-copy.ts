import { useEffect, useRef, useState } from 'react'

const SHOWN_MS = 2000

export interface Copy {
  /** `denied`: the clipboard is missing or refused; the text is selected instead. */
  readonly state: 'idle' | 'copied' | 'denied'
  copy(value: string, shownIn?: HTMLElement | null): Promise<void>
}

/** Copies to the clipboard and remembers for two seconds that it worked. */
export function useCopy(): Copy {
  const [state, setState] = useState<Copy['state']>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    state,
    async copy(value, shownIn) {
      clearTimeout(timer.current)
      const copied = await writeClipboard(value)
      setState(copied ? 'copied' : 'denied')
      if (copied) timer.current = setTimeout(() => setState('idle'), SHOWN_MS)
      else if (shownIn) selectText(shownIn)
    },
  }
}

async function writeClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value)
    return true
  } catch {
    // Missing in plain http and refused in frames: both end in the same advice to the person.
    return false
  }
}

function selectText(element: HTMLElement): void {
  const range = document.createRange()
  range.selectNodeContents(element)
  const selection = window.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}
