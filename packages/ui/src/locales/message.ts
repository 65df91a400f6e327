/** A text in the forms a language needs; `count` chooses the form through `Intl.PluralRules`. */
export type PluralMessage = { readonly other: string } & { readonly [Form in Exclude<Intl.LDMLPluralRule, 'other'>]?: string }

/** Text with `{name}` places, `**bold**` and `` `code` `` markers. Never HTML. */
export type Message = string | PluralMessage

/** The texts of one surface, by flat key. */
export type MessageSet = Readonly<Record<string, Message>>

/** The English texts of one part, element or feature, under the name its translations use. */
export interface MessageSurface<Name extends string = string, Texts extends MessageSet = MessageSet> {
  readonly surface: Name
  readonly messages: Texts
}

/** What a language pack must hold for a surface: a missing or surplus key does not compile. */
export type Translation<Surface extends MessageSurface> = TranslatedTexts<Surface['messages']>

export type TranslatedTexts<Texts> = { readonly [Key in keyof Texts]: Texts[Key] extends string ? string : PluralMessage }

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type NamesOf<M> = M extends string ? NamesIn<M> : M extends PluralMessage ? NamesIn<Extract<M[keyof M], string>> | 'count' : never

/** Filled in by the provider and by the vendor's scope. */
type Given = 'app' | 'vendor'

/** The values a message needs. */
export type MessageValues<M, Value> = { readonly [Name in Exclude<NamesOf<M>, Given>]: Name extends 'count' ? number : Value }

/** Values are asked for only by messages that have places for them. */
export type ValuesArgument<M, Value> = [Exclude<NamesOf<M>, Given>] extends [never] ? [] : [values: MessageValues<M, Value>]

/** Declares the English texts of one surface. `surface` is its key in every language pack. */
export function defineMessages<const Name extends string, const Texts extends MessageSet>(
  surface: Name,
  messages: Texts,
): MessageSurface<Name, Texts> {
  return { surface, messages }
}
