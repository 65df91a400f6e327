import { readFileSync, writeFileSync } from 'node:fs'

/** Writes a configuration file from one beside this module, with each `@NAME@` filled in. @throws Error when a name has no value */
export function fillTemplate(template: string, target: string, values: Readonly<Record<string, string | number>>): void {
  const text = readFileSync(new URL(template, import.meta.url), 'utf8')
  const filled = text.replace(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${template} names ${name}, which has no value.`)
    return String(value)
  })
  writeFileSync(target, filled)
}
