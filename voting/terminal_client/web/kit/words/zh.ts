/** What the pages say in Chinese: each file is one catalogue, under its own name. */
import { gathered, type Texts } from "./gathered";

export default gathered(import.meta.glob<Texts>("./zh/*.ts", { eager: true, import: "default" }));
