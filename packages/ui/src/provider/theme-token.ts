type Tone = 'success' | 'warning' | 'danger' | 'info'

/** Token names as the provider's `theme` takes them; each is a custom property `--tn-{name}`. */
export type ThemeToken =
  | `color-${'bg' | 'surface' | 'elevated' | 'text' | 'text-muted' | 'border' | 'border-strong' | 'accent' | 'accent-text' | 'focus'}`
  | `color-${Tone}`
  | `color-${Tone}-soft`
  | `radius-${'sm' | 'md' | 'lg'}`
  | 'space-unit'
  | 'font-family'
  | 'font-mono'
  | 'font-size'
  | 'line-height'
  | 'shadow'
  | 'z-overlay'
