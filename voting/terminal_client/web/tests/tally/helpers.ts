import { CheckFailed, TallyError, type TallyCode } from "../../tally/errors";

/** The refusal's wire name; throws when nothing is refused. */
export function refusal(act: () => unknown): TallyCode {
  try {
    act();
  } catch (error) {
    if (error instanceof TallyError) return error.code;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The number of the check that failed; throws when none did. */
export async function failedCheck(verdict: Promise<unknown>): Promise<number> {
  const error: unknown = await verdict.then(
    () => new Error("every check passed"),
    (reason: unknown) => reason,
  );
  if (error instanceof CheckFailed) return error.number;
  throw error;
}
