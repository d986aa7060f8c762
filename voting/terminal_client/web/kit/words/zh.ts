import ballot from "./zh/ballot";
import common from "./zh/common";
import consolePage from "./zh/console";
import door from "./zh/door";
import refusals from "./zh/refusals";
import result from "./zh/result";
import rules from "./zh/rules";
import screen from "./zh/screen";
import scrutineer from "./zh/scrutineer";
import seat from "./zh/seat";
import verifier from "./zh/verifier";

const zh = { common, ballot, result, door, seat, console: consolePage, screen, scrutineer, verifier, rules, refusals };

export default zh;
