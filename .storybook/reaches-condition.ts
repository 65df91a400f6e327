import { expect, waitFor } from 'storybook/test'
import type { Canvas } from 'storybook/internal/csf'

/** Plays until the card is in a condition, and expects these words in it. */
export const reachesCondition =
  (condition: string, ...words: (string | RegExp)[]) =>
  async ({ canvas, canvasElement }: { canvas: Canvas; canvasElement: HTMLElement }): Promise<void> => {
    await canvas.findByText('Details')
    const entry = () => canvasElement.querySelector<HTMLElement>('.tn-connection-entry')
    await waitFor(() => expect(entry()?.dataset['condition']).toBe(condition))
    for (const text of words) await waitFor(() => expect(entry()).toHaveTextContent(text))
  }
