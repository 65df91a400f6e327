import type { World } from './world.ts'

/** The same verbs; each of them tells the world that there is something to save. */
export function telling<Verbs extends object>(world: World, verbs: Verbs): Verbs {
  return new Proxy(verbs, {
    get(target, name, receiver) {
      const verb: unknown = Reflect.get(target, name, receiver)
      if (typeof verb !== 'function') return verb
      return (...input: unknown[]) => {
        const result: unknown = Reflect.apply(verb, target, input)
        if (result instanceof Promise) return result.finally(world.changed)
        world.changed()
        return result
      }
    },
  })
}
