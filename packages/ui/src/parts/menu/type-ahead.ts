const FORGET_MS = 500

/** Which entry the keys typed in quick succession mean: the next that begins with them; `null` for none. */
export type TypeAhead = (key: string, at: number, items: readonly { readonly label: string }[]) => number | null

/** Remembers what was typed for half a second. One letter again and again walks through all that begin with it. */
export function createTypeAhead(): TypeAhead {
  let typed = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  return (key, at, items) => {
    // A space at the start is a press.
    if (key.length !== 1 || (key === ' ' && typed === '')) return null
    clearTimeout(timer)
    timer = setTimeout(() => (typed = ''), FORGET_MS)
    typed += key.toLocaleLowerCase()
    const isRepeated = [...typed].every((letter) => letter === typed[0])
    const wanted = isRepeated ? typed.slice(0, 1) : typed
    const from = isRepeated ? at + 1 : Math.max(at, 0)
    const order = items.map((_, index) => (from + index) % items.length)
    return order.find((index) => items[index]?.label.toLocaleLowerCase().startsWith(wanted)) ?? null
  }
}
