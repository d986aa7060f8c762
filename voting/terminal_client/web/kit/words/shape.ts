/** A catalogue with exactly the keys of another one; the texts are free. */
export type SameKeys<Catalogue> = {
  [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : SameKeys<Catalogue[Key]>;
};
