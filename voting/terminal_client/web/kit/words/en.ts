import type { SameKeys } from "./shape";
import ballot from "./en/ballot";
import common from "./en/common";
import consolePage from "./en/console";
import door from "./en/door";
import refusals from "./en/refusals";
import result from "./en/result";
import rules from "./en/rules";
import screen from "./en/screen";
import scrutineer from "./en/scrutineer";
import seat from "./en/seat";
import verifier from "./en/verifier";
import type zh from "./zh";

const en: SameKeys<typeof zh> = { common, ballot, result, door, seat, console: consolePage, screen, scrutineer, verifier, rules, refusals };

export default en;
