import { createElement, Fragment } from 'react'
import { Button } from 'storybook/internal/components'
import { addons, types } from 'storybook/manager-api'
import { advanceClock } from './clock-channel.ts'

const hour = 3_600_000

const steps = [
  { label: '+1 h', what: 'one hour', milliseconds: hour },
  { label: '+1 d', what: 'one day', milliseconds: 24 * hour },
  { label: '+7 d', what: 'seven days', milliseconds: 7 * 24 * hour },
]

/** Adds buttons that move the story's clock and let everything happen that falls due: watch a watch expire. */
export function addClockToolbar(): void {
  addons.register('tenantry/clock', (api) => {
    // No JSX: Storybook builds its own frame with another runtime.
    const buttons = steps.map(({ label, what, milliseconds }) => {
      const onClick = () => api.emit(advanceClock, milliseconds)
      return createElement(
        Button,
        { key: label, variant: 'ghost', padding: 'small', ariaLabel: `Move the clock by ${what}`, onClick },
        label,
      )
    })
    addons.add('tenantry/clock/toolbar', {
      type: types.TOOL,
      title: 'Clock',
      match: ({ viewMode }) => viewMode === 'story',
      render: () => createElement(Fragment, null, buttons),
    })
  })
}
