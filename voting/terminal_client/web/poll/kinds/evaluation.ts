/** A satisfaction evaluation (满意度测评): each subject is given one of the levels. */
import type { KindView } from "./kind_view";

export const evaluation: KindView = {
  ballot: "marks",
  counts: "levels",
  competes: false,
  noun: "subject",
  persons: false,
  needed: (_, majority) => majority,
  neededName: "half",
  rules: ["secrecy_evaluation", "levels", "evaluation"],
  fields: ["options"],
};
