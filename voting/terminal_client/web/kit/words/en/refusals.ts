/** Why a request was not carried out: the server's refusals by their wire names, and those of this terminal itself. */
import planProblems from "@words/en/plan_problems.json";
import refusals from "@words/en/refusals.json";

import { problemsAnywhere } from "../forms";
import type { SameKeys } from "../shape";
import type zh from "../zh/refusals";

export default {
  ...refusals,
  /** What is wrong with a poll that is composed during the sitting (parameter problem of poll_plan_invalid). */
  plan: problemsAnywhere(planProblems),
  // raised by this terminal itself
  no_answer:
    "The server did not answer. The action may not have taken effect; look at the page's latest state and try again if needed.",
  unreachable: "The server cannot be reached. Please check the network and try again.",
  camera_refused: "The camera cannot be used. Please enter the code instead.",
  setup_mismatch:
    "What the server sent does not match the published fingerprint, so this device stopped. Please tell the scrutineers at once.",
  credential_missing: "This device has no voting credential for this poll. Please tell the staff.",
  server_key_mismatch: "The key of receipts is not the one that this device was shown when you came in; it will not accept it. Please raise your hand, tell a scrutineer, and keep this device.",
  key_mismatch: "The key of this poll is not the one that this device was shown when you came in; it will not vote with it. Please raise your hand and tell a scrutineer.",
  verification_failed: "The verification did not pass, so this device stopped.",
  unlisted: "The request was not accepted ({code}).",
} satisfies SameKeys<typeof zh>;
