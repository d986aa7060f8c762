/** What the pages say in English: each file holds the keys of its Chinese namesake (tests/kit/words.test.ts). */
import { gathered, type Texts } from "./gathered";

export default gathered(import.meta.glob<Texts>("./en/*.ts", { eager: true, import: "default" }));
