/** The counts of a record as rows, question by question; shuffled papers are not sums and give no row. Pure. */
import type { VerifiedRecord } from "@/tally/verify/run";
import type { Verified } from "./verified";

export interface Row {
  readonly key: string;
  readonly title: string;
  readonly votes: number;
}

/** One row per answer; with several questions each names its own. */
export function rowsOf(questions: Verified["election"]["questions"], result: VerifiedRecord["result"]): Row[] {
  return questions.flatMap(({ text, answers }, place) =>
    answers.flatMap((answer, index) => {
      const votes = result[place]?.[index];
      if (typeof votes !== "number") return [];
      const title = questions.length > 1 ? `${text} · ${answer}` : answer;
      return [{ key: `${place}-${index}`, title, votes }];
    }),
  );
}
