/** Why a request was not carried out: the server's refusals by their wire names, and those of this terminal itself. */
import planProblems from "@words/zh/plan_problems.json";
import refusals from "@words/zh/refusals.json";

import { problemsAnywhere } from "../forms";

export default {
  ...refusals,
  /** What is wrong with a poll that is composed during the sitting (parameter problem of poll_plan_invalid). */
  plan: problemsAnywhere(planProblems),
  // raised by this terminal itself
  no_answer: "服务器没有回应。操作可能尚未生效，请看页面上的最新状态，必要时再试一次。",
  unreachable: "连接不到服务器，请检查网络后再试。",
  camera_refused: "无法使用摄像头，请改为输入代码。",
  setup_mismatch: "服务器给出的表决内容与公布的指纹不符，本机没有继续。请立即告知监票人。",
  credential_missing: "本机没有这项表决的投票凭证，请告知工作人员。",
  server_key_mismatch: "回执的公钥与本机入场时所记的不同，本机不承认它。请举手告知监票人，并保留本机。",
  key_mismatch: "选票的公钥与本机入场时所记的不同，本机不会用它投票。请举手告知监票人。",
  verification_failed: "核验未通过，本机没有继续。",
  unlisted: "操作未被接受（{code}）。",
};
