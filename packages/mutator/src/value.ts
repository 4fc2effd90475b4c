/** A value of one parameter; `String()` of it is both its part of the key and its command-line argument. */
export type Value = number | string | boolean;

/** One value per mutated parameter, by name. */
export type Configuration = Readonly<Record<string, Value>>;
