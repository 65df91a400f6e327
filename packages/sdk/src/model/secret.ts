const hidden = '[secret]'

/** A value that does not print, serialize or compare. Only {@link revealSecret} reads it. */
export class Secret<T = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  static reveal<T>(secret: Secret<T>): T {
    return secret.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [Symbol.toPrimitive](): string {
    return hidden
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden
  }
}

/** The one reader of a {@link Secret}; call it only where the value leaves for the vendor or for encryption. */
export function revealSecret<T>(secret: Secret<T>): T {
  return Secret.reveal(secret)
}
