/** The members of a class as a plain object: OpenAPI wants classes, the code deals in values. */
export type Plain<T> = { readonly [Member in keyof T]: T[Member] };
