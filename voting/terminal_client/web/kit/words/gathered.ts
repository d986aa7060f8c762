/** A tree of texts; the leaves are messages. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** The catalogues of a folder by the names of their files, so that a new one is found where it lies. */
export function gathered(files: Readonly<Record<string, Texts>>): Texts {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.ts$/g, ""), texts]));
}
