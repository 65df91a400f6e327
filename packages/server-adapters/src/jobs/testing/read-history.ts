import { temporal } from '@temporalio/proto'

const { History } = temporal.api.history.v1

/** A history from what `temporal workflow show --output json` prints; the sdk's own reader of that fails where protobufjs is installed twice. */
export function readHistory(json: unknown): temporal.api.history.v1.History {
  return History.fromObject(revive(json) as Record<string, unknown>)
}

/** JSON has its own spelling of times and spans. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]))
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return { seconds: Math.floor(Date.parse(value) / 1000), nanos: 0 }
  const [, seconds] = /^([\d.]+)s$/.exec(value) ?? []
  return seconds === undefined ? value : { seconds: Math.floor(Number(seconds)), nanos: Math.round((Number(seconds) % 1) * 1e9) }
}
