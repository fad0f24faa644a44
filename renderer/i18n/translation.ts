/** The shape of a namespace with any texts in it: another language must have every key, and none of its own. */
export type TranslationOf<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string ? string : TranslationOf<Tree[Key]>;
};
