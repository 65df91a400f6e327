/** Backgrounds by colorId, from 1 on, as `colors.get` tells them. */
const PALETTE = (
  '#ac725e #d06b64 #f83a22 #fa573c #ff7537 #ffad46 #42d692 #16a765 #7bd148 #b3dc6c #fbe983 #fad165 ' +
  '#92e1c0 #9fe1e7 #9fc6e7 #4986e7 #9a9cff #b99aff #c2c2c2 #cabdbf #cca6ac #f691b2 #cd74e6 #a47ae2'
).split(' ')

/** What a calendar looks like until somebody chooses. */
export const DEFAULT_COLOR = '#9fe1e7'

/** @throws Error for what is not `#rrggbb` */
export function readColor(color: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new Error(`${color} is not a colour`)
  return color.toLowerCase()
}

/** The colours of a calendar as its list entry tells them; a colour of one's own has the id of the nearest one. */
export function showColor(backgroundColor: string) {
  const distances = PALETTE.map((color) => distance(color, backgroundColor))
  const nearest = distances.indexOf(Math.min(...distances))
  return { colorId: String(nearest + 1), backgroundColor, foregroundColor: '#000000' }
}

function distance(a: string, b: string): number {
  const [left, right] = [channels(a), channels(b)]
  return left.reduce((sum, value, at) => sum + (value - (right[at] ?? 0)) ** 2, 0)
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
