import type { Meta, StoryObj } from '@storybook/react-vite'

const Introduction = () => (
  <main style={{ maxWidth: '42rem', margin: '0 auto' }}>
    <h1>Tenantry: how to review</h1>
    <p>
      Nothing here is posed. Each story starts a whole back end in this page: the real SDK, its real HTTP handler and a Google in memory.
      The components talk to it over <code>fetch</code>. A scenario brings it into the state that the story is about before the story is
      drawn, so buttons work: save, run the checks, sign in.
    </p>
    <h2>The toolbar</h2>
    <ul>
      <li>Theme, direction and language. “Pseudo” is accented and longer: what stays plain is not translated, what breaks is too tight.</li>
      <li>
        +1 h, +1 d, +7 d move the clock of the story, and everything happens that falls due: tokens are refreshed, watches are renewed or
        expire, Google ends the sign-ins of an app in Testing.
      </li>
    </ul>
    <h2>Sections</h2>
    <ul>
      <li>Panels: what a tenant’s admin sets up once.</li>
      <li>Forms: one mailbox or calendar, from the first click to the day it breaks.</li>
      <li>Elements: pieces that know the domain and not the network.</li>
      <li>Parts: pieces that know neither.</li>
    </ul>
    <h2>Adding a state</h2>
    <p>
      Write a scenario in <code>.storybook/scenarios.ts</code>: a function that drives the SDK against Google until it is in that state.
      Name it in the story’s <code>parameters.scenario</code>. What happens after the story is drawn goes into its play function. Every
      story is also a test with axe: <code>npx vitest run --project storybook</code>.
    </p>
  </main>
)

const meta = { title: 'Introduction', component: Introduction } satisfies Meta<typeof Introduction>

export default meta

export const HowToReview: StoryObj<typeof meta> = {}
