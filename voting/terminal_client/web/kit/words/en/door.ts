import type { SameKeys } from "../shape";
import type zh from "../zh/door";

export default {
  title: "Choose your page",
} satisfies SameKeys<typeof zh>;
